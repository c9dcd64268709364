package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;

/**
 * What a witness says after it handed somebody's message to the receiver's node: that it had these
 * octets, signed by a key that the sender's pinned identity had announced, that it sent them to the
 * address which its own operator had named for the receiver, and what came of it. It does not say
 * that the answer was right, that the parts had arrived, or that the key was still in force.
 *
 * @param message digest of the message's JWS
 * @param octets length of the JWS
 * @param leaves SHA-256 over the leaves that travelled with it, one after the other
 * @param at address of the receiver's node
 * @param began when the first octet was sent, in milliseconds
 * @param ended when the outcome was known
 */
public record RelayStatement(
        Hash message,
        long octets,
        Hash leaves,
        PartyId from,
        PartyId to,
        String at,
        Instant began,
        Instant ended,
        RelayOutcome outcome) {
    /** The first line of a statement. */
    public static final String HEADER = Witness.RELAY_STATEMENTS;

    /** The longest address that a statement names, in characters. */
    public static final int MAX_ADDRESS = 300;

    public RelayStatement {
        if (octets < 1 || octets > Jws.MAX_LENGTH) {
            throw new MalformedMessageException("no message has %d octets".formatted(octets));
        }
        if (at.length() > MAX_ADDRESS || !at.matches("https?://[!-~]+")) {
            throw new MalformedMessageException("not the address of a node: \"" + at + "\"");
        }
        if (ended.isBefore(began)) {
            throw new MalformedMessageException(
                    "a relay that ends at %s, before it begins at %s".formatted(ended, began));
        }
    }

    /** The statement about one message; what came of it is known at the end. */
    public static RelayStatement of(
            Message message, String at, Instant began, Instant ended, RelayOutcome outcome) {
        return new RelayStatement(
                message.jws().digest(),
                message.jws().compact().length(),
                digest(message.leaves()),
                message.manifest().from(),
                message.manifest().to(),
                at,
                began,
                ended,
                outcome);
    }

    private static Hash digest(List<Hash> leaves) {
        ByteBuffer all = ByteBuffer.allocate(leaves.size() * Hash.BYTES);
        leaves.forEach(leaf -> all.put(leaf.bytes()));
        return Hash.sha256(all.array());
    }

    /** Whether this is about exactly that message. */
    public boolean isAbout(Jws jws, Manifest manifest) {
        return message.equals(jws.digest())
                && octets == jws.compact().length()
                && from.equals(manifest.from())
                && to.equals(manifest.to());
    }

    /** Signs it with the keys by which a witness cosigns checkpoints. */
    public SignedRelay sign(NoteSigner... witness) {
        return new SignedRelay(this, oneEntryLog().sign(witness));
    }

    /**
     * The form in which a witness's key can sign it: a log of this one statement, whose origin has
     * the statement's digest. No other tree can ever have that origin, so the signature keeps what
     * a cosignature promises (C2SP tlog-cosignature).
     */
    Checkpoint oneEntryLog() {
        byte[] text = text().getBytes(UTF_8);
        return new Checkpoint(HEADER + "/" + Hash.sha256(text).hex(), 1, MerkleTree.leafHash(text));
    }

    /** One line for each member, in this order. */
    String text() {
        return """
        %s
        message %s
        octets %d
        leaves %s
        from %s
        to %s
        at %s
        began %s
        ended %s
        outcome %s
        """
                .formatted(
                        HEADER,
                        message.hex(),
                        octets,
                        leaves.hex(),
                        from,
                        to,
                        at,
                        began,
                        ended,
                        outcome.wire());
    }

    /**
     * @throws MalformedMessageException if it is not a statement as {@link #text} writes it
     */
    static RelayStatement parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() != 11 || !lines.getFirst().equals(HEADER)) {
            throw new MalformedMessageException("a statement of a relay begins with " + HEADER);
        }
        RelayStatement statement;
        try {
            statement =
                    new RelayStatement(
                            Hash.parseHex(member(lines.get(1), "message")),
                            Long.parseLong(member(lines.get(2), "octets")),
                            Hash.parseHex(member(lines.get(3), "leaves")),
                            new PartyId(member(lines.get(4), "from")),
                            new PartyId(member(lines.get(5), "to")),
                            member(lines.get(6), "at"),
                            Instant.parse(member(lines.get(7), "began")),
                            Instant.parse(member(lines.get(8), "ended")),
                            RelayOutcome.parse(member(lines.get(9), "outcome")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedMessageException("statement of a relay: " + e.getMessage(), e);
        }
        // One statement has one text: nothing is signed that could be written otherwise.
        if (!statement.text().equals(text)) {
            throw new MalformedMessageException("a statement of a relay in another form");
        }
        return statement;
    }

    private static String member(String line, String name) {
        if (!line.startsWith(name + " ")) {
            throw new MalformedMessageException(
                    "a statement of a relay has no line \"%s\" but \"%s\"".formatted(name, line));
        }
        return line.substring(name.length() + 1);
    }

    /** A statement with the signatures under it. Reading is not believing. */
    public record SignedRelay(RelayStatement statement, SignedNote note) {
        /** The longest signed statement that is read, in characters. */
        public static final int MAX_LENGTH = SignedNote.MAX_BYTES;

        public SignedRelay {
            if (!note.text().equals(statement.oneEntryLog().text())) {
                throw new MalformedMessageException("the signatures are under another statement");
            }
        }

        /**
         * @throws MalformedMessageException if the statement is none, or the note not the one for
         *     it
         * @throws org.jalur.log.MalformedNoteException if the note is none
         */
        public static SignedRelay parse(String text) {
            int end = text.indexOf("\n\n");
            if (end < 0 || text.length() > MAX_LENGTH) {
                throw new MalformedMessageException(
                        "a signed relay is a statement, an empty line and a note, at most %d characters"
                                .formatted(MAX_LENGTH));
            }
            return new SignedRelay(
                    RelayStatement.parse(text.substring(0, end + 1)),
                    SignedNote.parse(text.substring(end + 2)));
        }

        /** The exact inverse of {@link #parse}. */
        public String format() {
            return statement.text() + "\n" + note.format();
        }
    }
}
