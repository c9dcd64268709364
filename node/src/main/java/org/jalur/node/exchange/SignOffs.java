package org.jalur.node.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.node.register.OwnKeys;
import org.springframework.stereotype.Component;

/**
 * Notices of parties whose identity key names approvers: the node of such a party sends none
 * without the signature of one of them, and its peers refuse what came without.
 */
@Component
public class SignOffs {
    private final OwnKeys own;
    private final KeySets keySets;

    SignOffs(OwnKeys own, KeySets keySets) {
        this.own = own;
        this.keySets = keySets;
    }

    /** Whether the own notices need one. */
    public boolean areNeeded() {
        return !own.current().statement().approvers().isEmpty();
    }

    /**
     * The last part of a notice.
     *
     * @return empty if no approver of the own party signed exactly this
     */
    public Optional<Part> part(SignOff signOff, String compact) {
        return signOff.signer(compact, own.current().statement().approvers())
                .map(_ -> Part.of(SignOff.PART, compact.getBytes(US_ASCII)));
    }

    /** Why a message is refused, if its sender's approvers had to sign it and did not. */
    public Optional<Refusal> refusal(ReceivedMessage message, Contents contents) {
        KeyStatement keys =
                keySets.of(message.channel(), message.manifest().seq() - 1).orElseThrow();
        if (!SignOff.isNeeded(keys, message.manifest().kind())) {
            return Optional.empty();
        }
        boolean signed =
                SignOff.of(message.manifest(), message.leaves())
                        .flatMap(signOff ->
                                contents.at(contents.size() - 1)
                                        .filter(part -> part.type().equals(SignOff.PART))
                                        .map(part -> new String(part.bytes(), US_ASCII))
                                        .flatMap(compact ->
                                                signOff.signer(compact, keys.approvers())))
                        .isPresent();
        return signed
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "sign-off",
                                "The keys of %s name approvers, and none of them has signed these parts."
                                        .formatted(message.channel().peer())));
    }
}
