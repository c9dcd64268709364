package org.jalur.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.Jws;
import org.jalur.channel.Message;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.MerkleTree;

/**
 * One message with everything that speaks for it. Nothing in it is believed before a {@link
 * Verification} has looked at it.
 *
 * @param message the signed octets
 * @param disclosure how much of its parts can be shown
 * @param receipt what the receiver signed, where it did
 * @param entry the message in the journal of whoever made the file, where it stands there already
 * @param receiptEntry the receipt in that journal
 * @param relays what witnesses signed when they handed the message to the receiver's node, each a
 *     {@link org.jalur.channel.RelayStatement.SignedRelay}
 */
public record Exhibit(
        Jws message,
        Disclosure disclosure,
        Optional<String> receipt,
        Optional<JournalProof> entry,
        Optional<JournalProof> receiptEntry,
        List<String> relays) {
    /** The most statements of witnesses that one message may have. */
    public static final int MAX_RELAYS = 32;

    public Exhibit {
        relays = List.copyOf(relays);
        if (relays.size() > MAX_RELAYS) {
            throw new IllegalArgumentException("too many relays of a message: " + relays.size());
        }
        if (entry.filter(proof -> proof.kind() == Kind.RECEIPT_RECEIVED).isPresent()) {
            throw new IllegalArgumentException("the entry of a message, not of a receipt");
        }
        if (receiptEntry.filter(proof -> proof.kind() != Kind.RECEIPT_RECEIVED).isPresent()) {
            throw new IllegalArgumentException("the entry of a receipt, not of a message");
        }
    }

    /** A message whose parts can all be shown or named. */
    public static Exhibit of(Message message) {
        return new Exhibit(
                message.jws(),
                new Disclosure.Whole(message.leaves()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A message of which only the chosen parts are shown, and nothing of the others. */
    public static Exhibit opening(Message message, Set<Hash> chosen) {
        List<PartPath> paths = new ArrayList<>();
        for (int index = 0; index < message.leaves().size(); index++) {
            Hash leaf = message.leaves().get(index);
            if (chosen.contains(leaf)) {
                paths.add(
                        new PartPath(
                                leaf,
                                index,
                                MerkleTree.inclusionProof(message.leaves(), index).path()));
            }
        }
        return new Exhibit(
                message.jws(),
                new Disclosure.Single(paths),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** With what the receiver signed, octet for octet. */
    public Exhibit withReceipt(String compact) {
        return new Exhibit(message, disclosure, Optional.of(compact), entry, receiptEntry, relays);
    }

    /**
     * With the message's entry in the maker's own journal.
     *
     * @param kind sent or received, as the entry says
     * @param proof under a checkpoint that carries the cosignatures to be shown
     */
    public Exhibit withEntry(Kind kind, LogProof proof) {
        return new Exhibit(
                message,
                disclosure,
                receipt,
                Optional.of(new JournalProof(kind, proof.format())),
                receiptEntry,
                relays);
    }

    /** With the receipt's entry in the maker's own journal. */
    public Exhibit withReceiptEntry(LogProof proof) {
        return new Exhibit(
                message,
                disclosure,
                receipt,
                entry,
                Optional.of(new JournalProof(Kind.RECEIPT_RECEIVED, proof.format())),
                relays);
    }

    /** With what witnesses signed when they handed it on, octet for octet. */
    public Exhibit withRelays(List<String> statements) {
        return new Exhibit(message, disclosure, receipt, entry, receiptEntry, statements);
    }

    /** Without the tree of its parts, once that was looked at: it may be large. */
    Exhibit withoutParts() {
        return new Exhibit(
                message, new Disclosure.Single(List.of()), receipt, entry, receiptEntry, relays);
    }
}
