package org.jalur.node.witness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.InclusionProof;
import org.jalur.log.LogProof;
import org.jalur.log.MerkleTree;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;
import org.jalur.node.journal.JournalAudit;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.JournalSearch;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The journal for people: how large, who vouches for it, and where one message stands in it. */
@PageController
class JournalPages {
    private final Frame frame;
    private final Texts texts;
    private final PublishedLog published;
    private final JournalSearch search;
    private final Witnesses witnesses;
    private final Cosigning cosigning;
    private final CosignedCheckpoints cosigned;
    private final Conflicts conflicts;
    private final JournalAudit audit;
    private final OwnKeys keys;

    JournalPages(
            Frame frame,
            Texts texts,
            PublishedLog published,
            JournalSearch search,
            Witnesses witnesses,
            Cosigning cosigning,
            CosignedCheckpoints cosigned,
            Conflicts conflicts,
            JournalAudit audit,
            OwnKeys keys) {
        this.frame = frame;
        this.texts = texts;
        this.published = published;
        this.search = search;
        this.witnesses = witnesses;
        this.cosigning = cosigning;
        this.cosigned = cosigned;
        this.conflicts = conflicts;
        this.audit = audit;
        this.keys = keys;
    }

    /**
     * For the size of the newest checkpoint: entries that fill no tile yet have a path of their
     * own.
     */
    private String commands(long size) {
        String node = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        String entries =
                size == 0
                        ? ""
                        : "\ncurl -L %s/journal/%s -o entries"
                                .formatted(node, TiledLog.newestEntries(size));
        return """
        ./jalur verify FILE
        curl -L %s/journal/checkpoint%s

        %s
        """
                .formatted(node, entries, keys.statement().checkpointVerifiers().getFirst().vkey());
    }

    /**
     * @param checkpoint newest signed checkpoint; absent before the first entry
     * @param commands to check it with, and the verifier key of the journal for other programs
     * @param cosigned newest checkpoint that a witness cosigned
     */
    record JournalPage(
            String origin,
            long size,
            Optional<String> checkpoint,
            String commands,
            Optional<CosignedCheckpoints.Cosigned> cosigned,
            List<WitnessRow> witnesses,
            List<ConflictRow> conflicts,
            Optional<JournalAudit.Result> audit,
            Form form,
            Optional<Found> found) {}

    /**
     * @param lag entries that it has not cosigned yet
     * @param trouble why it does not cosign
     */
    record WitnessRow(
            String name,
            boolean independent,
            long size,
            long lag,
            Optional<Instant> at,
            Optional<String> trouble) {}

    record ConflictRow(UUID id, String origin, boolean own, Instant foundAt) {}

    /**
     * An entry that was looked for, with its way to the root.
     *
     * @param rows of the picture, from the leaf upwards
     * @param boundedBy when a witness had cosigned a checkpoint that covers it
     */
    record Found(
            JournalEntry entry,
            String leaf,
            String root,
            long size,
            List<Row> rows,
            String proof,
            Optional<Instant> boundedBy) {}

    /**
     * @param node what is proven so far
     * @param sibling what it is hashed with
     */
    record Row(int level, String node, String sibling, boolean siblingIsLeft) {}

    @GetMapping("/journal")
    ModelAndView journal(@RequestParam(defaultValue = "") String digest) {
        String asked = digest.strip().toLowerCase(java.util.Locale.ROOT);
        Form form = Form.of(java.util.Map.of("digest", digest));
        Optional<Found> found = Optional.empty();
        HttpStatus status = HttpStatus.OK;
        if (!asked.isEmpty()) {
            if (!asked.matches("[0-9a-f]{64}")) {
                form = form.wrong("digest", texts.say("rule.digest"));
                status = HttpStatus.UNPROCESSABLE_CONTENT;
            } else {
                found = search.byDigest(Hash.parseHex(asked)).map(this::found);
                if (found.isEmpty()) {
                    form = form.wrong("digest", texts.say("journal.not-found"));
                    status = HttpStatus.NOT_FOUND;
                }
            }
        }
        long size = published.head().size();
        ModelAndView page =
                frame.show(
                        "journal",
                        new JournalPage(
                                published.origin(),
                                size,
                                published.checkpoint(),
                                commands(size),
                                cosigned.newest(),
                                witnesses.all().stream().map(one -> row(one, size)).toList(),
                                conflicts.all().stream().map(this::row).toList(),
                                audit.newest(),
                                form,
                                found));
        page.setStatus(status);
        return page;
    }

    private WitnessRow row(AskedWitness witness, long size) {
        CosignedCheckpoints.Newest newest = cosigned.newestBy(witness.name());
        return new WitnessRow(
                witness.name(),
                witness.independent(),
                newest.size(),
                Math.max(0, size - newest.size()),
                newest.at(),
                cosigning.standing(witness).trouble());
    }

    private ConflictRow row(Conflicts.Conflict conflict) {
        return new ConflictRow(
                conflict.id(),
                conflict.origin(),
                conflict.origin().equals(published.origin()),
                conflict.foundAt());
    }

    private Found found(JournalEntry entry) {
        Optional<CosignedCheckpoints.Cosigned> covering = cosigned.earliestWith(entry.index());
        SignedNote note =
                covering.map(CosignedCheckpoints.Cosigned::note)
                        .orElseGet(() -> SignedNote.parse(published.checkpoint().orElseThrow()));
        LogProof proof = published.proof(entry.index(), note);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Hash leaf = MerkleTree.leafHash(entry.octets());
        var rows = new ArrayList<Row>();
        Hash node = leaf;
        for (InclusionProof.Step step :
                new InclusionProof(entry.index(), checkpoint.size(), proof.path()).steps(leaf)) {
            rows.add(new Row(rows.size(), node.hex(), step.sibling().hex(), step.isLeft()));
            node = step.node();
        }
        return new Found(
                entry,
                leaf.hex(),
                checkpoint.root().hex(),
                checkpoint.size(),
                rows,
                proof.format(),
                covering.map(CosignedCheckpoints.Cosigned::at));
    }

    /** Two checkpoints that contradict each other: anybody can check them with the log's key. */
    @GetMapping("/journal/conflicts/{id}")
    ResponseEntity<String> conflict(@PathVariable UUID id) {
        return conflicts
                .one(id)
                .map(conflict ->
                        ResponseEntity.ok()
                                .contentType(
                                        new MediaType(
                                                "text",
                                                "plain",
                                                java.nio.charset.StandardCharsets.UTF_8))
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"conflict-%s.txt\"".formatted(id))
                                .body(conflict.evidence().format()))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-conflict",
                                "There is no conflict %s on this node.".formatted(id)));
    }
}
