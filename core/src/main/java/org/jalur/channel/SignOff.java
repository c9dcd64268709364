package org.jalur.channel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;

/**
 * What a person signs to approve one message, with a key that is on no node: so whoever has the
 * node and its working keys cannot send one alone. It is the last part of the message, and commits
 * to all parts before it. It binds where the party's {@link KeyStatement} names approvers.
 *
 * @param message id of the message
 * @param about id of what it is about; absent for a message that is about itself
 * @param from whose message it is
 * @param to the only party that it is for
 * @param root over the parts before the sign-off
 */
public record SignOff(UUID message, Optional<UUID> about, PartyId from, PartyId to, Hash root) {
    /** The type of the part that holds it. */
    public static final String PART = "sign-off";

    /** The longest compact form that is read. */
    public static final int MAX_LENGTH = 2048;

    /**
     * By these a party takes content or names away, gives them back, or keeps users in the dark.
     */
    private static final Set<MessageKind> NEEDED =
            Set.of(
                    MessageKind.NOTICE,
                    MessageKind.WITHDRAWAL,
                    MessageKind.NON_DISCLOSURE,
                    MessageKind.LIST,
                    MessageKind.ACCESS_ORDER);

    public SignOff {
        about = about.filter(one -> !one.equals(message));
    }

    /** Of a message that is about itself. */
    public SignOff(UUID message, PartyId from, PartyId to, Hash root) {
        this(message, Optional.empty(), from, to, root);
    }

    /**
     * What an approver of this message must have signed; empty for a message of one part or none.
     */
    public static Optional<SignOff> of(Manifest manifest, List<Hash> leaves) {
        if (leaves.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new SignOff(
                        manifest.id(),
                        manifest.about(),
                        manifest.from(),
                        manifest.to(),
                        MerkleTree.root(leaves.subList(0, leaves.size() - 1))));
    }

    /** Whether messages of this kind can have one. */
    public static boolean isFor(MessageKind kind) {
        return NEEDED.contains(kind);
    }

    /** Whether messages of this kind need one, from a party that names approvers. */
    public static boolean isNeeded(KeyStatement keys, String kind) {
        return !keys.approvers().isEmpty()
                && MessageKind.of(kind).filter(SignOff::isFor).isPresent();
    }

    public String sign(SigningKey approver) {
        return Jws.sign(Jws.Type.SIGN_OFF, payload(), approver).compact();
    }

    private byte[] payload() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", Manifest.VERSION);
            json.writeStringProperty("message", message.toString());
            about.ifPresent(one -> json.writeStringProperty("about", one.toString()));
            json.writeStringProperty("from", from.value());
            json.writeStringProperty("to", to.value());
            json.writeStringProperty("root", root.hex());
        });
    }

    /** Which of the approvers signed exactly this; empty if none of them did. */
    public Optional<PublicSigningKey> signer(String compact, List<PublicSigningKey> approvers) {
        if (compact.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Jws jws = Jws.parse(compact, Jws.Type.SIGN_OFF);
            // One way to write it, so that no two readings of it can differ.
            if (!Arrays.equals(jws.payload(), payload())) {
                return Optional.empty();
            }
            return approvers.stream().filter(jws::isSignedBy).findFirst();
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }
}
