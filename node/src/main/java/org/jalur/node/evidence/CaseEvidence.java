package org.jalur.node.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.PageController;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Evidence about a case, to be saved. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseEvidence {
    private final EvidenceFiles files;
    private final Channels channels;
    private final JdbcClient jdbc;

    CaseEvidence(EvidenceFiles files, Channels channels, JdbcClient jdbc) {
        this.files = files;
        this.channels = channels;
        this.jdbc = jdbc;
    }

    private record Known(int channel, UUID notice) {}

    @GetMapping("/cases/{id}/evidence")
    void download(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") Set<String> open,
            @RequestParam Optional<Integer> item,
            HttpServletResponse response)
            throws IOException {
        Known known =
                jdbc.sql("select channel, notice_id as notice from cases where id = :id")
                        .param("id", id)
                        .query((row, _) ->
                                new Known(
                                        row.getInt("channel"), row.getObject("notice", UUID.class)))
                        .optional()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-case",
                                        "There is no sent case %s on this node.".formatted(id)));
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"evidence-%s.zip\"".formatted(id));
        response.setHeader("Cache-Control", "no-store");
        files.write(
                channels.byId(known.channel()),
                known.notice(),
                new Subject(Subject.Kind.CASE, id),
                Choice.of(open, item),
                response.getOutputStream());
    }
}
