package org.jalur.node.resolvers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jalur.channel.Jws;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The calls of probes in providers' networks. Each body is a signature, and proves itself. */
@RestController
@Tag(name = "probes")
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ProbeController {
    private static final String JOSE = "application/jose";

    private final FieldTasks tasks;
    private final ProbeCalls calls;

    ProbeController(FieldTasks tasks, ProbeCalls calls) {
        this.tasks = tasks;
        this.calls = calls;
    }

    @PostMapping("/probe/tasks")
    @Operation(
            summary = "What a probe is to find out now",
            description =
                    "The body is a compact JWS of the probe: its id and the moment. An earlier moment than the last gets nothing.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = JOSE)))
    @ApiResponse(responseCode = "200")
    @ApiResponse(
            responseCode = "401",
            description = "No probe with this key, or its clock is wrong",
            content = @Content)
    @ApiResponse(responseCode = "409", description = "Asked already", content = @Content)
    @TooOften
    FieldTasks.Given give(HttpServletRequest request) throws IOException {
        calls.admit(request.getRemoteAddr());
        return tasks.give(body(request));
    }

    @PostMapping("/probe/results")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "What a probe heard about one name of its task",
            description = "The body is a compact JWS of the probe. A result counts once.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = JOSE)))
    @ApiResponse(responseCode = "204")
    @ApiResponse(responseCode = "401", description = "No probe with this key", content = @Content)
    @ApiResponse(
            responseCode = "403",
            description = "No task of this probe names it",
            content = @Content)
    @ApiResponse(responseCode = "409", description = "Known already", content = @Content)
    @ApiResponse(responseCode = "410", description = "The task is over", content = @Content)
    @TooOften
    void take(HttpServletRequest request) throws IOException, InterruptedException {
        calls.admit(request.getRemoteAddr());
        tasks.take(body(request));
    }

    /** Both calls are bounded alike. */
    @ApiResponse(
            responseCode = "429",
            description =
                    "This address, or this probe, called more often than jalur.measure.probe-calls in a minute",
            headers =
                    @Header(
                            name = "Retry-After",
                            description = "seconds",
                            schema = @Schema(type = "integer")),
            content = @Content(mediaType = "application/problem+json"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface TooOften {}

    private static String body(HttpServletRequest request) throws IOException {
        byte[] octets = request.getInputStream().readNBytes(Jws.MAX_LENGTH + 1);
        if (octets.length > Jws.MAX_LENGTH) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-large",
                    "A signature has at most %d octets.".formatted(Jws.MAX_LENGTH));
        }
        return new String(octets, StandardCharsets.US_ASCII).strip();
    }
}
