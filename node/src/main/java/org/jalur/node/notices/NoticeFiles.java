package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Files around a notice: its evidence, its letter, its receipt, and all that will be signed. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticeFiles {
    private final NoticeViews views;
    private final Drafts drafts;
    private final Channels channels;
    private final PartStore parts;
    private final JdbcClient jdbc;

    NoticeFiles(
            NoticeViews views, Drafts drafts, Channels channels, PartStore parts, JdbcClient jdbc) {
        this.views = views;
        this.drafts = drafts;
        this.channels = channels;
        this.parts = parts;
        this.jdbc = jdbc;
    }

    /** Only a file that the sent notice names. */
    @GetMapping("/notices/{id}/files/{leaf}")
    ResponseEntity<byte[]> evidence(
            @PathVariable UUID id,
            @PathVariable String leaf,
            @RequestParam(defaultValue = "1") int item) {
        NoticeViews.Detail detail = views.detail(id, item, 1);
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
        int channel =
                jdbc.sql("select channel from notices where id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single();
        return parts.open(channels.byId(channel), List.of(Hash.parseHex(leaf))).values().stream()
                .findFirst()
                .map(part -> ServedFile.of(file.name(), file.type(), part.bytes()))
                .orElseThrow(() -> unknown(id));
    }

    /** What an approver reads before it is sent. */
    @GetMapping("/notices/{id}/draft-files")
    ResponseEntity<byte[]> attached(@PathVariable UUID id, @RequestParam String name) {
        return drafts.files(id).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .map(file -> ServedFile.of(file.name(), Evidence.typeOf(file), file.data()))
                .orElseThrow(() -> unknown(id));
    }

    /** Every part of a draft, as the signature will commit to it: files by their digest. */
    @GetMapping("/notices/{id}/parts")
    ResponseEntity<byte[]> parts(@PathVariable UUID id) {
        NoticeForm draft =
                views.detail(id, 1, 0)
                        .draft()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "not-a-draft",
                                        "Notice %s is no draft any more.".formatted(id)));
        Drafts.Content content = drafts.content(id, draft);
        var text = new StringBuilder("root %s%n%n".formatted(content.root()));
        for (Part part : content.parts()) {
            Preview.ShownPart shown = Preview.ShownPart.of(part);
            text.append(
                    "%s %s %d%n%s%n%n"
                            .formatted(part.leaf(), shown.type(), shown.octets(), shown.text()));
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"parts-%s.txt\"".formatted(id))
                .body(text.toString().getBytes(UTF_8));
    }

    /** The receipt as it came: a compact JWS. */
    @GetMapping("/notices/{id}/receipt")
    ResponseEntity<String> receipt(@PathVariable UUID id) {
        Optional<String> receipt = views.detail(id, 1, 0).receipt();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/jose"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"receipt-%s.jws\"".formatted(id))
                .body(
                        receipt.orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "no-receipt",
                                        "There is no receipt of notice %s yet.".formatted(id))));
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-file", "Notice %s has no such file.".formatted(id));
    }
}
