package org.jalur.node.escalation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.InvalidProofException;
import org.jalur.log.LogProof;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.JournalSearch;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.witness.CosignedCheckpoints;
import org.jalur.node.witness.IndependentWitnesses;
import org.springframework.stereotype.Component;

/**
 * Proof that an independent witness has seen a message: its entry in its sender's journal, under a
 * checkpoint that the witness cosigned.
 */
@Component
class WitnessProofs {
    private final JournalSearch journal;
    private final PublishedLog published;
    private final CosignedCheckpoints cosigned;
    private final IndependentWitnesses witnesses;
    private final PeerKeys peers;

    WitnessProofs(
            JournalSearch journal,
            PublishedLog published,
            CosignedCheckpoints cosigned,
            IndependentWitnesses witnesses,
            PeerKeys peers) {
        this.journal = journal;
        this.published = published;
        this.cosigned = cosigned;
        this.witnesses = witnesses;
        this.peers = peers;
    }

    /**
     * @param at the witness's time
     */
    record Seen(Said.Proof proof, Instant at) {}

    /**
     * Of a message of this channel, sent or received; empty while no independent witness has
     * signed.
     */
    Optional<Seen> of(long message) {
        return journal.ofMessage(message)
                .flatMap(entry ->
                        cosigned.earliestWith(entry.index())
                                .flatMap(one ->
                                        earliest(
                                                        Cosignature.on(
                                                                one.note(),
                                                                witnesses
                                                                        .keys()
                                                                        .toArray(
                                                                                NoteVerifier[]
                                                                                        ::new)))
                                                .map(first ->
                                                        new Seen(
                                                                new Said.Proof(
                                                                        first.key().name(),
                                                                        published
                                                                                .proof(
                                                                                        entry
                                                                                                .index(),
                                                                                        one.note())
                                                                                .format()),
                                                                first.at()))));
    }

    private static Optional<Cosignature> earliest(List<Cosignature> cosignatures) {
        return cosignatures.stream().min(Comparator.comparing(Cosignature::at));
    }

    /**
     * When the witness that a proof names has seen a message in the peer's journal.
     *
     * @param kind of the entry: the peer sent the message, or received it
     * @param message digest of the message that nobody answered
     * @return empty if the proof does not hold, or the witness is none that this node calls
     *     independent
     */
    Optional<Instant> seen(Channel channel, EntryKind kind, Hash message, Said.Proof said) {
        NoteVerifier[] witness =
                witnesses.keys().stream()
                        .filter(key -> key.name().equals(said.witness()))
                        .toArray(NoteVerifier[]::new);
        Optional<String> origin = peers.of(channel.peer()).map(KeyStatement::origin);
        if (witness.length == 0 || origin.isEmpty()) {
            return Optional.empty();
        }
        try {
            LogProof proof = LogProof.parse(said.proof());
            byte[] entry = JournalEntry.octets(kind, message);
            for (NoteVerifier log : peers.everOfLog(origin.get())) {
                if (proof.checkpoint().signatures().stream().anyMatch(line -> line.isBy(log))) {
                    proof.verify(entry, log, origin.get());
                    return earliest(Cosignature.on(proof.checkpoint(), witness))
                            .map(Cosignature::at);
                }
            }
            return Optional.empty();
        } catch (MalformedNoteException | UntrustedNoteException | InvalidProofException _) {
            return Optional.empty();
        }
    }
}
