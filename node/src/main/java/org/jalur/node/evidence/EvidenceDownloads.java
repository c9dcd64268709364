package org.jalur.node.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Subjects;
import org.springframework.stereotype.Component;

/**
 * Evidence files to be saved: of a notice or case, of one decision about it, of an access block.
 */
@Component
public class EvidenceDownloads {
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
        write(known.channel(), known.notice(), subject, choice, response);
    }

    /**
     * Of everything that was said about a message of the channel.
     *
     * @param about id of that message
     * @param open facts, content, files
     */
    public void write(
            Channel channel,
            UUID about,
            Subject subject,
            Set<String> open,
            HttpServletResponse response)
            throws IOException {
        write(channel, about, subject, Choice.of(open, Optional.empty()), response);
    }

    private void write(
            Channel channel,
            UUID about,
            Subject subject,
            Choice choice,
            HttpServletResponse response)
            throws IOException {
        EvidenceFiles.Chosen chosen = files.choose(channel, about, subject);
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"evidence-%s.zip\"".formatted(subject.id()));
        response.setHeader("Cache-Control", "no-store");
        files.write(chosen, choice, response.getOutputStream());
    }
}
