package org.jalur.node.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.DraftFile;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.log.Hash;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Messages of parties whose identity key names approvers: the node of such a party sends none of
 * the kinds that need it without the signature of one of them, and its peers refuse what came
 * without. Features see the parts without that signature.
 */
@Component
public class SignOffs {
    private final OwnKeys own;
    private final KeySets keySets;
    private final PartStore parts;

    SignOffs(OwnKeys own, KeySets keySets, PartStore parts) {
        this.own = own;
        this.keySets = keySets;
        this.parts = parts;
    }

    /** Whether this party's own messages need one. */
    public boolean areNeeded() {
        return !own.current().statement().approvers().isEmpty();
    }

    /**
     * The parts as they leave: with the sign-off as the last one, where this party's keys name
     * approvers.
     *
     * @param draft what the approver read and signed
     * @param signed what "./jalur approve" made
     * @throws ProblemException 422 if an approver has to sign, and none signed exactly this
     */
    public List<Part> signedOff(DraftFile draft, Optional<String> signed) {
        if (!areNeeded()) {
            return draft.parts();
        }
        SignOff signOff = draft.signOff();
        String compact =
                signed.map(String::strip)
                        .filter(one ->
                                signOff.signer(one, own.current().statement().approvers())
                                        .isPresent())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "sign-off-needed",
                                        "signOff is no signature of an approver over draft %s with the root %s; sign its draft file with \"./jalur approve\"."
                                                .formatted(signOff.message(), signOff.root())));
        List<Part> all = new ArrayList<>(draft.parts());
        all.add(Part.of(SignOff.PART, compact.getBytes(US_ASCII)));
        return all;
    }

    /** What becomes of a message of a peer. */
    sealed interface Checked {
        /**
         * @param message as its feature reads it, without the sign-off
         */
        record Taken(ReceivedMessage message) implements Checked {}

        record Unsigned(Refusal refusal) implements Checked {}
    }

    /** Whether an approver of its sender had to sign a message, and did. */
    Checked check(ReceivedMessage message) {
        boolean possible =
                MessageKind.of(message.manifest().kind()).filter(SignOff::isFor).isPresent();
        if (!possible) {
            return new Checked.Taken(message);
        }
        KeyStatement keys =
                keySets.of(message.channel(), message.manifest().seq() - 1).orElseThrow();
        List<Hash> leaves = message.leaves();
        if (!SignOff.isNeeded(keys, message.manifest().kind())) {
            // One may stand there all the same; of the many notices nobody opens a part for that.
            boolean notice = message.manifest().kind().equals(MessageKind.NOTICE.wire());
            return new Checked.Taken(notice ? message : message.with(read(message)));
        }
        boolean signed =
                SignOff.of(message.manifest(), leaves)
                        .filter(signOff ->
                                compact(message.channel(), leaves)
                                        .flatMap(one -> signOff.signer(one, keys.approvers()))
                                        .isPresent())
                        .isPresent();
        // What comes back was taken up then.
        return signed || message.again()
                ? new Checked.Taken(message.with(read(message)))
                : new Checked.Unsigned(
                        new Refusal(
                                "sign-off",
                                "The keys of %s name approvers, and none of them has signed these parts."
                                        .formatted(message.channel().peer())));
    }

    private List<Hash> read(ReceivedMessage message) {
        return withoutSignOff(message.channel(), message.manifest().kind(), message.leaves());
    }

    /** What a feature reads: the leaves before a sign-off, or all of them. */
    List<Hash> withoutSignOff(Channel channel, String kind, List<Hash> leaves) {
        boolean canHave = MessageKind.of(kind).filter(SignOff::isFor).isPresent();
        return canHave && leaves.size() > 1 && compact(channel, leaves).isPresent()
                ? leaves.subList(0, leaves.size() - 1)
                : leaves;
    }

    private Optional<String> compact(Channel channel, List<Hash> leaves) {
        return parts.open(channel, leaves.getLast())
                .filter(part -> part.type().equals(SignOff.PART))
                .map(part -> new String(part.bytes(), US_ASCII));
    }
}
