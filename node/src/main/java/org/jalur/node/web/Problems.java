package org.jalur.node.web;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.UUID;
import org.jalur.notice.InvalidNoticeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns exceptions into problem details (RFC 9457). */
@RestControllerAdvice(annotations = RestController.class)
@Order(1)
public class Problems extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String BASE = "https://jalur.example/problems/";

    @ExceptionHandler
    ProblemDetail expected(ProblemException e, HttpServletResponse response) {
        e.tellPause(response);
        return problem(e.status(), e.type(), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidNoticeException e) {
        ProblemDetail problem =
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid-notice",
                        String.valueOf(e.getMessage()));
        problem.setProperty("field", e.field());
        return problem;
    }

    /** The reference is in the log; the fault is not in the answer. */
    @ExceptionHandler
    ProblemDetail fault(RuntimeException e) {
        UUID reference = UUID.randomUUID();
        log.error("fault {}", reference, e);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "fault",
                "The node failed; nothing was changed. Tell its operator reference %s."
                        .formatted(reference));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidNoticeException invalid) {
                return ResponseEntity.of(invalid(invalid)).build();
            }
        }
        String detail =
                e.getCause() instanceof JacksonException json
                        ? "The body is not the JSON of this call: " + json.getOriginalMessage()
                        : "The body of this call cannot be read.";
        return ResponseEntity.of(problem(HttpStatus.BAD_REQUEST, "unreadable", detail)).build();
    }

    /** A problem of this product: its type, and a sentence with value, rule and way out. */
    public static ProblemDetail problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create(BASE + type));
        problem.setTitle(status.getReasonPhrase());
        problem.setDetail(detail);
        return problem;
    }
}
