package org.jalur.node.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.pages.PageController;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** "Download evidence" on the pages. */
@PageController
class EvidencePages {
    private final EvidenceDownloads downloads;

    EvidencePages(EvidenceDownloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping({"/notices/{id}/evidence", "/cases/{id}/evidence"})
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
