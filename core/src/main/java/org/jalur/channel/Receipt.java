package org.jalur.channel;

import java.time.Instant;
import java.util.UUID;
import org.jalur.log.Hash;

/**
 * What the receiver signs once a message stands in its journal under a signed checkpoint.
 *
 * @param message digest of the message
 * @param id id of the message
 * @param from sender of the message
 * @param to receiver of the message, who signs this
 * @param seq sequence number of the message
 * @param receivedAt when the receiver stored it; every clock counts from here
 * @param position sequence number of the receiver's own keys message that introduced the key that
 *     signs this
 * @param proof C2SP tlog-proof of the journal entry of the message
 */
public record Receipt(
        Hash message,
        UUID id,
        PartyId from,
        PartyId to,
        long seq,
        Instant receivedAt,
        long position,
        String proof) {

    public static Receipt parse(Jws jws) {
        StrictJson json = StrictJson.read(jws.payload(), "receipt");
        if (!json.string("v").equals(Manifest.VERSION)) {
            throw new MalformedMessageException("a receipt of another protocol version");
        }
        try {
            var receipt =
                    new Receipt(
                            Hash.parseHex(json.string("message")),
                            Manifest.uuid(json.string("id")),
                            new PartyId(json.string("from")),
                            new PartyId(json.string("to")),
                            json.number("seq"),
                            Manifest.time(json.string("receivedAt")),
                            json.number("position"),
                            json.string("proof"));
            json.end();
            return receipt;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("receipt: " + e.getMessage(), e);
        }
    }

    public Jws sign(SigningKey key) {
        byte[] payload =
                StrictJson.write(json -> {
                    json.writeStringProperty("v", Manifest.VERSION);
                    json.writeStringProperty("message", message.hex());
                    json.writeStringProperty("id", id.toString());
                    json.writeStringProperty("from", from.value());
                    json.writeStringProperty("to", to.value());
                    json.writeNumberProperty("seq", seq);
                    json.writeStringProperty("receivedAt", receivedAt.toString());
                    json.writeNumberProperty("position", position);
                    json.writeStringProperty("proof", proof);
                });
        return Jws.sign(Jws.Type.RECEIPT, payload, key);
    }

    /** Whether this is the receipt of exactly that message. */
    public boolean isFor(Message sent) {
        return isFor(sent.jws().digest(), sent.manifest());
    }

    /**
     * Whether this is the receipt of exactly that message.
     *
     * @param digest of the signed octets
     */
    public boolean isFor(Hash digest, Manifest manifest) {
        return message.equals(digest)
                && id.equals(manifest.id())
                && seq == manifest.seq()
                && from.equals(manifest.from())
                && to.equals(manifest.to());
    }
}
