package org.jalur.node.evidence;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Evidence files for programs; {@code docs/evidence.md} says what stands in them. */
@RestController
@Tag(name = "evidence")
class EvidenceController {
    private static final String WHAT =
            """
            A ZIP that ./jalur verify checks offline. open: facts, content, files, with commas; what is left out is \
            listed as withheld. item: only what is about this number. decision: id of a decision's message.\
            """;

    private final EvidenceDownloads downloads;

    EvidenceController(EvidenceDownloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping({"/api/notices/{id}/evidence", "/api/cases/{id}/evidence"})
    @Operation(
            summary = "Evidence about a sent notice or a case, or about one decision",
            description = WHAT)
    void download(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") Set<String> open,
            @RequestParam Optional<Integer> item,
            @RequestParam Optional<UUID> decision,
            HttpServletResponse response)
            throws IOException {
        downloads.write(id, open, item, decision, response);
    }
}
