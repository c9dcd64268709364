package org.jalur.node.screening;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
        begin(ListExports.fileName(id, chosen), response);
        exports.write(id, chosen, response.getOutputStream());
    }

    @GetMapping("/lists/{id}/feedback")
    void feedback(@PathVariable String id, HttpServletResponse response) throws IOException {
        lists.require(id);
        begin(id + "-feedback.csv", response);
        exports.writeFeedback(id, response.getOutputStream());
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
