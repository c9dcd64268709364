package org.jalur.node.cases;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.EvidenceFile;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Evidence of a case. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseFiles {
    private final CaseViews views;
    private final Cases cases;
    private final Channels channels;
    private final PartStore parts;

    CaseFiles(CaseViews views, Cases cases, Channels channels, PartStore parts) {
        this.views = views;
        this.cases = cases;
        this.channels = channels;
        this.parts = parts;
    }

    /** Only a file that this case names. */
    @GetMapping("/cases/{id}/files/{leaf}")
    ResponseEntity<byte[]> file(
            @PathVariable UUID id,
            @PathVariable String leaf,
            @RequestParam(defaultValue = "1") int item) {
        CaseViews.Detail detail = views.detail(id, item, 1);
        EvidenceFile file =
                Stream.concat(
                                detail.items().stream()
                                        .flatMap(one -> one.item().stream())
                                        .flatMap(one -> one.files().stream()),
                                detail.reasons().stream()
                                        .flatMap(reasons -> reasons.letter().stream()))
                        .filter(one -> one.leaf().equals(leaf))
                        .findFirst()
                        .orElseThrow(() -> unknown(id));
        byte[] bytes =
                parts
                        .open(channels.byId(cases.channel(id)), List.of(Hash.parseHex(leaf)))
                        .values()
                        .stream()
                        .map(Part::bytes)
                        .findFirst()
                        .orElseThrow(() -> unknown(id));
        return ServedFile.of(file.name(), file.type(), bytes);
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-file", "Case %s has no such file.".formatted(id));
    }
}
