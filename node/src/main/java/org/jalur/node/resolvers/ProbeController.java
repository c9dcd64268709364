package org.jalur.node.resolvers;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
@Hidden
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ProbeController {
    private final FieldTasks tasks;

    ProbeController(FieldTasks tasks) {
        this.tasks = tasks;
    }

    @PostMapping("/probe/tasks")
    FieldTasks.Given give(HttpServletRequest request) throws IOException {
        return tasks.give(body(request));
    }

    @PostMapping("/probe/results")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(HttpServletRequest request) throws IOException, InterruptedException {
        tasks.take(body(request));
    }

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
