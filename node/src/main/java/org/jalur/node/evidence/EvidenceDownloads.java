package org.jalur.node.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.exchange.Subjects;
import org.springframework.stereotype.Component;

/** Evidence files to be saved: of a notice or case, or of one decision about it. */
@Component
class EvidenceDownloads {
    private final EvidenceFiles files;
    private final Subjects subjects;

    EvidenceDownloads(EvidenceFiles files, Subjects subjects) {
        this.files = files;
        this.subjects = subjects;
    }

    /**
     * @param decision id of the decision message that the file is about; empty for all
     */
    void write(
            UUID id,
            Set<String> open,
            Optional<Integer> item,
            Optional<UUID> decision,
            HttpServletResponse response)
            throws IOException {
        Subjects.Known known = subjects.known(id);
        Choice choice = Choice.of(open, item);
        var subject =
                decision.map(message -> new Subject(Subject.Kind.DECISION, message))
                        .orElse(new Subject(subjects.kind(), id));
        EvidenceFiles.Chosen chosen = files.choose(known.channel(), known.notice(), subject);
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"evidence-%s.zip\"".formatted(subject.id()));
        response.setHeader("Cache-Control", "no-store");
        files.write(chosen, choice, response.getOutputStream());
    }
}
