package org.jalur.node.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Problems;
import org.jalur.notice.InvalidNoticeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/** Errors are pages too: what happened, what was kept, what to do now. */
@PageController
@ControllerAdvice(annotations = PageController.class)
@Order(0)
class PageProblems implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

    private final Frame frame;
    private final Texts texts;
    private final DataSize largestFile;
    private final DataSize largestForm;

    PageProblems(
            Frame frame,
            Texts texts,
            @Value("${spring.servlet.multipart.max-file-size}") DataSize largestFile,
            @Value("${server.tomcat.max-http-form-post-size}") DataSize largestForm) {
        this.frame = frame;
        this.texts = texts;
        this.largestFile = largestFile;
        this.largestForm = largestForm;
    }

    /**
     * @param reference to find a fault in the node's log by
     */
    record ErrorPage(int status, String title, String text, Optional<String> reference) {}

    @ExceptionHandler
    ModelAndView expected(ProblemException e, HttpServletResponse response) {
        e.tellPause(response);
        return page(e.status(), texts.error(e), Optional.empty());
    }

    @ExceptionHandler
    ModelAndView invalid(InvalidNoticeException e) {
        return page(HttpStatus.UNPROCESSABLE_CONTENT, texts.error(e), Optional.empty());
    }

    @ExceptionHandler
    ModelAndView unreadable(MultipartException e) {
        return page(
                e instanceof ErrorResponse response
                        ? response.getStatusCode()
                        : HttpStatus.BAD_REQUEST);
    }

    /**
     * An identifier in the path that is none names no page; a parameter that is none is an error.
     */
    @ExceptionHandler
    ModelAndView misread(MethodArgumentTypeMismatchException e) {
        return page(
                e.getParameter().hasParameterAnnotation(PathVariable.class)
                        ? HttpStatus.NOT_FOUND
                        : HttpStatus.BAD_REQUEST);
    }

    @ExceptionHandler
    ModelAndView other(Exception e) {
        if (e instanceof ErrorResponse response) {
            return page(response.getStatusCode());
        }
        return fault(HttpStatus.INTERNAL_SERVER_ERROR, "error.500.text", e);
    }

    private ModelAndView fault(HttpStatusCode status, String text, @Nullable Object cause) {
        String reference = UUID.randomUUID().toString();
        log.error("fault {}", reference, cause instanceof Throwable thrown ? thrown : null);
        // Whoever asked for the person from here on would ask the database.
        SecurityContextHolder.clearContext();
        SessionIds.forget(Frame.request());
        return page(status, texts.say(text), Optional.of(reference));
    }

    /**
     * What went wrong outside the controllers: unknown paths, refused roles, requests that are too
     * large, and faults of templates and filters, after which a form may have been taken.
     */
    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        HttpStatus status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? Optional.ofNullable(HttpStatus.resolve(code))
                                .orElse(HttpStatus.INTERNAL_SERVER_ERROR)
                        : HttpStatus.NOT_FOUND;
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.startsWith("/api/")
                || path.startsWith("/channel/")
                || path.startsWith("/probe/")
                || path.equals("/screen")) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(
                            Problems.problem(
                                    status,
                                    "http-" + status.value(),
                                    "The request was not taken: " + status.getReasonPhrase()));
        }
        if (status.is5xxServerError()) {
            // Whatever failed, its error is dispatched as a GET since Servlet 6.1.
            boolean sent = "POST".equals(request.getAttribute(RequestDispatcher.ERROR_METHOD));
            return fault(
                    status,
                    sent ? "error.500.sent" : "error.500.text",
                    request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        }
        return page(status);
    }

    private ModelAndView page(HttpStatusCode status) {
        String known =
                switch (status.value()) {
                    case 400, 403, 404, 405, 413, 429 -> Integer.toString(status.value());
                    default -> status.is4xxClientError() ? "400" : "500";
                };
        return page(
                status,
                texts.say(
                        "error." + known + ".text",
                        largestFile.toMegabytes(),
                        largestForm.toMegabytes()),
                Optional.empty());
    }

    private ModelAndView page(HttpStatusCode status, String text, Optional<String> reference) {
        String known =
                switch (status.value()) {
                    case 400, 403, 404, 405, 409, 413, 422, 429, 500 ->
                            Integer.toString(status.value());
                    default -> status.is4xxClientError() ? "400" : "500";
                };
        var error =
                new ErrorPage(
                        status.value(), texts.say("error." + known + ".title"), text, reference);
        ModelAndView page =
                reference.isPresent() ? frame.showBare("error", error) : frame.show("error", error);
        page.setStatus(status);
        return page;
    }
}
