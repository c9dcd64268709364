package org.jalur.node.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** An expected refusal of a call; the sentence names the value, the rule and the way out. */
public final class ProblemException extends RuntimeException {
    private final HttpStatus status;
    private final String type;
    private final transient List<Object> values;
    private final Duration pause;

    /**
     * @param type last part of the problem type's URI; pages say it in their language
     * @param detail in English, for programs
     * @param values what the pages' sentence names
     */
    public ProblemException(HttpStatus status, String type, String detail, Object... values) {
        this(status, type, detail, Duration.ZERO, values);
    }

    private ProblemException(
            HttpStatus status, String type, String detail, Duration pause, Object... values) {
        super(detail);
        this.status = status;
        this.type = type;
        this.values = List.of(values);
        this.pause = pause;
    }

    /**
     * 429: it may be tried again after a while.
     *
     * @param pause in whole seconds, at least one
     */
    public static ProblemException tooMany(
            String type, String detail, Duration pause, Object... values) {
        return new ProblemException(
                HttpStatus.TOO_MANY_REQUESTS,
                type,
                detail,
                pause.isPositive() ? pause : Duration.ofSeconds(1),
                values);
    }

    public HttpStatus status() {
        return status;
    }

    public String type() {
        return type;
    }

    /** Tells whoever is refused for a while how long that is. */
    public void tellPause(HttpServletResponse response) {
        if (pause.isPositive()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds()));
        }
    }

    public List<Object> values() {
        return values;
    }
}
