package org.jalur.node.web;

import org.springframework.http.HttpStatus;

/** An expected refusal of a call; the sentence names the value, the rule and the way out. */
public final class ProblemException extends RuntimeException {
    private final HttpStatus status;
    private final String type;

    /**
     * @param type last part of the problem type's URI
     */
    public ProblemException(HttpStatus status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }
}
