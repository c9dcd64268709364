package org.jalur.node.escalation;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.log.Cosignature;
import org.jalur.log.LogProof;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.witness.IndependentWitnesses;
import org.springframework.stereotype.Component;

/**
 * What this side did on ladders and its database lost, from what it signed then. When each is
 * looked at next, the timer finds out as it starts.
 */
@Component
class RestoredLadders implements SentMessageHandler {
    private final LadderActs acts;
    private final IndependentWitnesses witnesses;

    RestoredLadders(LadderActs acts, IndependentWitnesses witnesses) {
        this.acts = acts;
        this.witnesses = witnesses;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.ESCALATION);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        Said.Act said = LadderMessages.act(contents);
        acts.add(
                new LadderActs.New(
                        message.row(),
                        message.channel().id(),
                        message.manifest().id(),
                        said,
                        contents.size() > 1 ? Optional.of(contents.leaf(1)) : Optional.empty(),
                        said.act() == Said.Kind.COSIGNED
                                ? Optional.of(
                                        seen(
                                                LadderMessages.second(
                                                        contents, said, Said.Proof.class)))
                                : Optional.empty()));
    }

    /** As it was when this side sent it. */
    private Instant seen(Said.Proof said) {
        try {
            return Cosignature.on(
                            LogProof.parse(said.proof()).checkpoint(),
                            witnesses.keys().stream()
                                    .filter(key -> key.name().equals(said.witness()))
                                    .toArray(NoteVerifier[]::new))
                    .stream()
                    .map(Cosignature::at)
                    .min(Instant::compareTo)
                    .orElseThrow(() ->
                            new MalformedMessageException(
                                    "witness %s stands in the policy no more"
                                            .formatted(said.witness())));
        } catch (MalformedNoteException | UntrustedNoteException e) {
            throw new MalformedMessageException("a proof that this side sent does not hold");
        }
    }
}
