package org.jalur.node.screening;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import org.jalur.node.pages.PageController;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.list.ListFormat;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Lists to be saved; sent as they are read, however long they are. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class ListFiles {
    private final SignatureLists lists;
    private final ListExports exports;
    private final Semaphore turns = new Semaphore(2);

    ListFiles(SignatureLists lists, ListExports exports) {
        this.lists = lists;
        this.exports = exports;
    }

    @GetMapping("/lists/{id}/file")
    void file(
            @PathVariable String id,
            @RequestParam(defaultValue = "entries") String format,
            HttpServletResponse response)
            throws IOException {
        lists.require(id);
        ListFormat chosen =
                ListExports.format(format)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.BAD_REQUEST,
                                        "unknown-format",
                                        "The format \"%s\" is unknown; choose one from the list's page."
                                                .formatted(format)));
        send(
                out -> exports.write(id, chosen, out),
                response,
                left -> ListExports.fileName(id, chosen, left));
    }

    @GetMapping("/lists/{id}/feedback")
    void feedback(@PathVariable String id, HttpServletResponse response) throws IOException {
        lists.require(id);
        send(
                out -> {
                    exports.writeFeedback(id, out);
                    return 0;
                },
                response,
                _ -> id + "-feedback.csv");
    }

    /** Writes a file; how many entries it had to leave out. */
    private interface Writing {
        long write(OutputStream out) throws IOException;
    }

    /** Whoever reads slowly keeps a file open, not a connection of the database. */
    private void send(Writing writing, HttpServletResponse response, LongFunction<String> name)
            throws IOException {
        Path file = Files.createTempFile("jalur-list", null);
        try {
            long left;
            if (!turns.tryAcquire()) {
                throw new ProblemException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "lists-busy",
                        "Two lists are being written already; try again in a moment.");
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                left = writing.write(out);
            } finally {
                turns.release();
            }
            begin(name.apply(left), response);
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void begin(String name, HttpServletResponse response) {
        response.setContentType(
                name.endsWith(".json")
                        ? "application/json"
                        : name.endsWith(".csv")
                                ? "text/csv; charset=utf-8"
                                : "text/plain; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }
}
