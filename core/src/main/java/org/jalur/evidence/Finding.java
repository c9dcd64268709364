package org.jalur.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/** What was found out about one thing in an evidence file. */
public sealed interface Finding {
    /** What is wrong with it; nothing if it is genuine. */
    List<Flaw> flaws();

    /** Whether nothing in it is forged, altered or contradictory. */
    default boolean isGenuine() {
        return flaws().isEmpty();
    }

    /** The word of whoever made the file. */
    record OfCover(CoverSheet sheet, List<Flaw> flaws) implements Finding {
        public OfCover {
            flaws = List.copyOf(flaws);
        }
    }

    /** A party by its identity key. */
    record OfParty(PartyIdentity party, Pin pin, List<Flaw> flaws) implements Finding {
        public OfParty {
            flaws = List.copyOf(flaws);
        }
    }

    /** Whether the reader knew the party's identity key from elsewhere. */
    enum Pin {
        CONFIRMED,
        NOT_GIVEN,
        DIFFERENT
    }

    /**
     * A keys message.
     *
     * @param seq its place; the keys are valid from the next message of this stream
     * @param statement the keys, where they may be relied on
     */
    record OfKeys(PartyId party, long seq, Optional<KeyStatement> statement, List<Flaw> flaws)
            implements Finding {
        public OfKeys {
            flaws = List.copyOf(flaws);
        }
    }

    /** A message entry that cannot be read. */
    record OfUnreadable(PartyId sender, long seq, List<Flaw> flaws) implements Finding {
        public OfUnreadable {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * A message.
     *
     * @param digest SHA-256 of the signed octets: its name in journals
     * @param tries statements of witnesses of neither side that they handed it to the receiver's
     *     node
     * @param existedBy the earliest time by a key that is not the maker's; of a witness that only
     *     the maker names, if there is no other
     * @param after the other side's journal as the message quotes it: it was signed after that
     * @param cosigned every time on a checkpoint that covers the message
     * @param signedOff whether an approver signed it, where the sender asks for that
     * @param doubts what was signed with keys that were revoked as compromised, and nobody else
     *     bounds in time
     */
    record OfMessage(
            Manifest manifest,
            Hash digest,
            Delivery delivery,
            List<RelayTry> tries,
            Optional<Cosigned> existedBy,
            Optional<Quoted> after,
            List<Cosigned> cosigned,
            Quorum quorum,
            PartsShown parts,
            SignedOff signedOff,
            Set<Doubt> doubts,
            List<Flaw> flaws)
            implements Finding {
        public OfMessage {
            tries = List.copyOf(tries);
            cosigned = List.copyOf(cosigned);
            doubts = Set.copyOf(doubts);
            flaws = List.copyOf(flaws);
        }

        OfMessage with(List<Flaw> more) {
            return new OfMessage(
                    manifest,
                    digest,
                    delivery,
                    tries,
                    existedBy,
                    after,
                    cosigned,
                    quorum,
                    parts,
                    signedOff,
                    doubts,
                    Stream.concat(flaws.stream(), more.stream()).toList());
        }

        /** Whether no receipt holds, but a witness of neither side tried to deliver it. */
        public boolean isTriedOnly() {
            return delivery instanceof Delivery.NotProven && !tries.isEmpty();
        }

        /** Whether the sender's time lies after the time by which the message existed. */
        public boolean hasConflictingTimes() {
            // Cosignatures count whole seconds.
            Instant claimed = manifest.time().truncatedTo(ChronoUnit.SECONDS);
            return existedBy.filter(bound -> claimed.isAfter(bound.at())).isPresent();
        }
    }

    /**
     * A checkpoint of the other side that a message quotes.
     *
     * @param size how many entries that journal had
     */
    record Quoted(PartyId party, long size) {}

    /** What may be the work of whoever stole a key. */
    enum Doubt {
        MESSAGE,
        RECEIPT
    }

    /** Whether the reader's policy is satisfied by a checkpoint that covers the message. */
    enum Quorum {
        NOT_ASKED,
        REACHED,
        NOT_REACHED
    }
}
