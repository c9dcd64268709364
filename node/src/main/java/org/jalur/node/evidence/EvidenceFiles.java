package org.jalur.node.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.Jws;
import org.jalur.channel.Part;
import org.jalur.evidence.CoverSheet;
import org.jalur.evidence.EvidenceWriter;
import org.jalur.evidence.Exhibit;
import org.jalur.evidence.JournalProof;
import org.jalur.evidence.PartyIdentity;
import org.jalur.evidence.Subject;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.SignedNote;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Filed;
import org.jalur.node.exchange.MessageFiles;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.JournalSearch;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.node.witness.CosignedCheckpoints;
import org.jalur.node.witness.IndependentWitnesses;
import org.jalur.node.witness.RelayStatements;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Writes evidence about a notice: its messages with receipts, journal proofs with cosignatures, the
 * keys of both sides, and the parts that were chosen. Each message is read twice, for the cover
 * sheet names what is left out.
 */
@Component
class EvidenceFiles {
    private final MessageFiles messages;
    private final PartStore parts;
    private final Register register;
    private final OwnKeys ownKeys;
    private final PeerKeys peerKeys;
    private final JournalSearch journal;
    private final PublishedLog published;
    private final CosignedCheckpoints cosigned;
    private final IndependentWitnesses witnesses;
    private final RelayStatements relays;
    private final Clock clock;

    EvidenceFiles(
            MessageFiles messages,
            PartStore parts,
            Register register,
            OwnKeys ownKeys,
            PeerKeys peerKeys,
            JournalSearch journal,
            PublishedLog published,
            CosignedCheckpoints cosigned,
            IndependentWitnesses witnesses,
            RelayStatements relays,
            Clock clock) {
        this.messages = messages;
        this.parts = parts;
        this.register = register;
        this.ownKeys = ownKeys;
        this.peerKeys = peerKeys;
        this.journal = journal;
        this.published = published;
        this.cosigned = cosigned;
        this.witnesses = witnesses;
        this.relays = relays;
        this.clock = clock;
    }

    /**
     * Messages that evidence is made of.
     *
     * @param subject what people asked about
     * @param rows of the messages, in their order
     */
    record Chosen(Channel channel, Subject subject, List<Long> rows) {
        Chosen {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Everything about a notice, its ladder too; of a decision, the notice and the decision.
     *
     * @throws ProblemException if the decision is none about this notice
     */
    Chosen choose(Channel channel, UUID notice, Subject subject) {
        List<Long> all = messages.withRelated(channel, notice);
        if (subject.kind() != Subject.Kind.DECISION) {
            return new Chosen(channel, subject, all);
        }
        List<Long> both =
                all.stream()
                        .filter(row -> {
                            UUID id = messages.one(row).message().manifest().id();
                            return id.equals(notice) || id.equals(subject.id());
                        })
                        .toList();
        if (both.size() != 2 || subject.id().equals(notice)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-decision",
                    "No message %s decided about this notice.".formatted(subject.id()));
        }
        return new Chosen(channel, subject, both);
    }

    /** Writes what was chosen as an evidence file. */
    void write(Chosen chosen, Choice choice, OutputStream out) throws IOException {
        Channel channel = chosen.channel();
        List<Long> rows = chosen.rows();
        Set<Hash> withheld = new HashSet<>();
        Set<Hash> erased = new HashSet<>();
        for (long row : rows) {
            leaveOut(channel, messages.one(row), choice, withheld, erased);
        }
        var writer = new EvidenceWriter(out);
        writer.cover(
                new CoverSheet(
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        register.own(),
                        chosen.subject(),
                        parties(channel),
                        witnesses.keys(),
                        withheld,
                        erased));
        for (long row : messages.keys(channel)) {
            Filed keys = messages.one(row);
            writer.keys(
                    keys.message().manifest().from(),
                    keys.message().manifest().seq(),
                    keys.message().jws());
        }
        for (long row : rows) {
            write(writer, channel, messages.one(row), choice);
        }
        writer.finish();
    }

    private List<PartyIdentity> parties(Channel channel) {
        return List.of(
                new PartyIdentity(register.own(), ownKeys.statement().identity()),
                new PartyIdentity(
                        channel.peer(),
                        peerKeys.of(channel.peer())
                                .orElseThrow(() ->
                                        new ProblemException(
                                                HttpStatus.CONFLICT,
                                                "no-peer-keys",
                                                "The keys of %s have not arrived yet; ask again later."
                                                        .formatted(channel.peer())))
                                .identity()));
    }

    /** Evidence for one item says nothing of the other parts, not even their leaves. */
    private void leaveOut(
            Channel channel, Filed filed, Choice choice, Set<Hash> withheld, Set<Hash> erased) {
        if (choice.item().isPresent()) {
            return;
        }
        Map<Hash, Part> opened = parts.open(channel, filed.message().leaves());
        for (Hash leaf : filed.message().leaves()) {
            Part part = opened.get(leaf);
            if (part == null) {
                erased.add(leaf);
            } else if (!choice.opens(part)) {
                withheld.add(leaf);
            }
        }
    }

    private void write(EvidenceWriter writer, Channel channel, Filed filed, Choice choice)
            throws IOException {
        Map<Hash, Part> opened = parts.open(channel, filed.message().leaves());
        List<Part> chosen =
                filed.message().leaves().stream()
                        .filter(opened::containsKey)
                        .map(opened::get)
                        .filter(choice::opens)
                        .toList();
        Exhibit exhibit =
                choice.item().isEmpty()
                        ? Exhibit.of(filed.message())
                        : Exhibit.opening(
                                filed.message(),
                                new HashSet<>(chosen.stream().map(Part::leaf).toList()));
        if (filed.receipt().isPresent()) {
            exhibit = exhibit.withReceipt(filed.receipt().get());
        }
        Optional<JournalEntry> own = journal.ofMessage(filed.row());
        if (own.isPresent()) {
            exhibit =
                    exhibit.withEntry(
                            own.get().kind().equals("message-sent")
                                    ? JournalProof.Kind.MESSAGE_SENT
                                    : JournalProof.Kind.MESSAGE_RECEIVED,
                            proof(own.get().index()));
        }
        Optional<JournalEntry> receipt =
                filed.receipt()
                        .map(compact -> Jws.parse(compact, Jws.Type.RECEIPT).digest())
                        .flatMap(journal::byDigest);
        if (receipt.isPresent()) {
            exhibit = exhibit.withReceiptEntry(proof(receipt.get().index()));
        }
        writer.message(exhibit.withRelays(relays.of(filed.row())));
        for (Part part : chosen) {
            writer.part(part);
        }
    }

    /** Under the earliest checkpoint that witnesses cosigned: it bounds best when it existed. */
    private LogProof proof(long index) {
        return published.proof(
                index,
                cosigned.earliestWith(index)
                        .map(CosignedCheckpoints.Cosigned::note)
                        .orElseGet(() -> SignedNote.parse(published.checkpoint().orElseThrow())));
    }
}
