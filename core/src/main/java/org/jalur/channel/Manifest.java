package org.jalur.channel;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;

/**
 * The small signed part of a message. It holds no personal data: what is said stands in the parts,
 * to which it commits by their root.
 *
 * @param id chosen by the sender, unique in this channel and direction
 * @param seq position in this channel and direction, from 1, without gaps
 * @param previous digest of the message before; empty for the first
 * @param kind a {@link MessageKind}, or one that a later version may know
 * @param about the id of the notice this belongs to, where there is one
 * @param time when the sender says it was made; milliseconds, UTC
 * @param agreement digest of the agreement it is made under, where there is one
 * @param parts how many parts there are, and the root over their leaves
 * @param keys a {@link KeyStatement} in a message of kind {@code keys}
 * @param checkpoint the sender's newest signed checkpoint
 * @param seen the last message of the other direction, and the newest checkpoint of the peer, that
 *     the sender had when it signed
 */
public record Manifest(
        UUID id,
        PartyId from,
        PartyId to,
        long seq,
        Optional<Hash> previous,
        String kind,
        Optional<UUID> about,
        Instant time,
        Optional<Hash> agreement,
        Parts parts,
        Optional<String> keys,
        Optional<String> checkpoint,
        Seen seen) {
    static final String VERSION = "jalur/1";

    /** The most parts one message may have: 10,000 items in two parts each, and their files. */
    public static final int MAX_PARTS = 40_000;

    public Manifest {
        if (seq < 1) {
            throw new MalformedMessageException(
                    "seq %d; sequence numbers start at 1".formatted(seq));
        }
        if (previous.isPresent() == (seq == 1)) {
            throw new MalformedMessageException(
                    "message %d %s a previous digest"
                            .formatted(seq, seq == 1 ? "must not name" : "must name"));
        }
        if (from.equals(to)) {
            throw new MalformedMessageException("a message from %s to itself".formatted(from));
        }
        if (!kind.matches("[a-z][a-z-]{0,31}")) {
            throw new MalformedMessageException("not a message kind: " + kind);
        }
        if (keys.isPresent() != kind.equals(MessageKind.KEYS.wire())) {
            throw new MalformedMessageException(
                    "a key statement belongs in a keys message, and only there");
        }
    }

    /**
     * @param count how many parts, 0 to {@value Manifest#MAX_PARTS}
     * @param root RFC 6962 root over the leaves in their order
     */
    public record Parts(int count, Hash root) {
        public Parts {
            if (count < 0 || count > MAX_PARTS) {
                throw new MalformedMessageException(
                        "a message of %d parts; the limit is %d".formatted(count, MAX_PARTS));
            }
        }
    }

    /**
     * @param seq last sequence number of the peer that the sender has taken in; 0 for none
     * @param checkpoint newest checkpoint of the peer that the sender holds
     */
    public record Seen(long seq, Optional<String> checkpoint) {
        public Seen {
            if (seq < 0) {
                throw new MalformedMessageException("seen.seq %d is negative".formatted(seq));
            }
        }
    }

    public static Manifest parse(byte[] payload) {
        StrictJson json = StrictJson.read(payload, "manifest");
        String version = json.string("v");
        if (!version.equals(VERSION)) {
            throw new MalformedMessageException(
                    "protocol version \"%s\"; this node speaks %s".formatted(version, VERSION));
        }
        try {
            StrictJson parts = json.object("parts");
            StrictJson seen = json.object("seen");
            var manifest =
                    new Manifest(
                            uuid(json.string("id")),
                            new PartyId(json.string("from")),
                            new PartyId(json.string("to")),
                            json.number("seq"),
                            json.optionalString("prev").map(Hash::parseHex),
                            json.string("kind"),
                            json.optionalString("about").map(Manifest::uuid),
                            time(json.string("time")),
                            json.optionalString("agreement").map(Hash::parseHex),
                            new Parts(
                                    count(parts.number("count")),
                                    Hash.parseHex(parts.string("root"))),
                            json.optionalString("keys"),
                            json.optionalString("checkpoint"),
                            new Seen(seen.number("seq"), seen.optionalString("checkpoint")));
            parts.end();
            seen.end();
            json.end();
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("manifest: " + e.getMessage(), e);
        }
    }

    public byte[] toJson() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", VERSION);
            json.writeStringProperty("id", id.toString());
            json.writeStringProperty("from", from.value());
            json.writeStringProperty("to", to.value());
            json.writeNumberProperty("seq", seq);
            previous.ifPresent(digest -> json.writeStringProperty("prev", digest.hex()));
            json.writeStringProperty("kind", kind);
            about.ifPresent(notice -> json.writeStringProperty("about", notice.toString()));
            json.writeStringProperty("time", time.toString());
            agreement.ifPresent(digest -> json.writeStringProperty("agreement", digest.hex()));
            json.writeObjectPropertyStart("parts");
            json.writeNumberProperty("count", parts.count());
            json.writeStringProperty("root", parts.root().hex());
            json.writeEndObject();
            keys.ifPresent(statement -> json.writeStringProperty("keys", statement));
            checkpoint.ifPresent(note -> json.writeStringProperty("checkpoint", note));
            json.writeObjectPropertyStart("seen");
            json.writeNumberProperty("seq", seen.seq());
            seen.checkpoint().ifPresent(note -> json.writeStringProperty("checkpoint", note));
            json.writeEndObject();
        });
    }

    private static int count(long value) {
        return value < 0 || value > MAX_PARTS ? MAX_PARTS + 1 : (int) value;
    }

    static UUID uuid(String text) {
        // UUID.fromString also takes shortened forms; one value has one text here.
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) {
            throw new MalformedMessageException("not a UUID in lower-case text form: " + text);
        }
        return uuid;
    }

    static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (time.toString().equals(text)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new MalformedMessageException("not a time in UTC (RFC 3339): " + text, e);
        }
        throw new MalformedMessageException("not a time in UTC in its shortest form: " + text);
    }
}
