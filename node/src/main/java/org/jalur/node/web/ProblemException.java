package org.jalur.node.web;

import java.util.List;
import org.springframework.http.HttpStatus;

/** An expected refusal of a call; the sentence names the value, the rule and the way out. */
public final class ProblemException extends RuntimeException {
    private final HttpStatus status;
    private final String type;
    private final transient List<Object> values;

    /**
     * @param type last part of the problem type's URI; pages say it in their language
     * @param detail in English, for programs
     * @param values what the pages' sentence names
     */
    public ProblemException(HttpStatus status, String type, String detail, Object... values) {
        super(detail);
        this.status = status;
        this.type = type;
        this.values = List.of(values);
    }

    public HttpStatus status() {
        return status;
    }

    public String type() {
        return type;
    }

    public List<Object> values() {
        return values;
    }
}
