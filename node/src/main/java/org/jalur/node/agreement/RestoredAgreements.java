package org.jalur.node.agreement;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.springframework.stereotype.Component;

/** What this side did about agreements and its database lost, from what it signed then. */
@Component
class RestoredAgreements implements SentMessageHandler {
    private final Acts acts;
    private final PartyTerms parties;

    RestoredAgreements(Acts acts, PartyTerms parties) {
        this.acts = acts;
        this.parties = parties;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(
                MessageKind.PROPOSAL,
                MessageKind.COMMENT,
                MessageKind.SIGNATURE,
                MessageKind.TERMINATION);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        acts.add(
                message.channel(),
                switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
                    case PROPOSAL -> proposed(message, contents);
                    case COMMENT -> act(message, Acts.Kind.COMMENTED).saying(contents.leaf(0));
                    case SIGNATURE -> act(message, Acts.Kind.SIGNED).saying(contents.leaf(0));
                    case TERMINATION ->
                            act(message, Acts.Kind.TERMINATED)
                                    .saying(contents.leaf(0))
                                    .ending(
                                            Parts.read(part(contents, 0), Said.Ending.class)
                                                    .lastDay());
                    case KEYS,
                            NOTICE,
                            WITHDRAWAL,
                            CLARIFICATION,
                            ACKNOWLEDGEMENT,
                            DECISION,
                            MEASURES,
                            REFUSAL,
                            ERASURE,
                            LIST,
                            ESCALATION,
                            INTERIM,
                            ACCESS_ORDER,
                            ACCESS_EVENT,
                            ACCESS_ANSWER,
                            QUESTION,
                            REMARK,
                            DECONFLICTION,
                            NON_DISCLOSURE,
                            APPEAL,
                            APPEAL_OUTCOME,
                            REGISTER,
                            DRILL,
                            DRILL_ANSWER,
                            CALL_BACK,
                            CALL_BACK_ANSWER ->
                            throw new IllegalArgumentException(
                                    "not a message about an agreement: "
                                            + message.manifest().kind());
                });
    }

    private Acts.Row proposed(SentMessage message, Contents contents) {
        Said.Proposal said = Parts.read(part(contents, 0), Said.Proposal.class);
        AgreementText text = AgreementText.read(part(contents, 1).bytes());
        return act(message, Acts.Kind.PROPOSED)
                .proposing(
                        new Acts.Proposed(
                                text.digest(), text.agreement().version(), said.answers()),
                        Optional.of(contents.leaf(1)));
    }

    private static Part part(Contents contents, int place) {
        return contents.at(place)
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "a message whose part %d is lost".formatted(place)));
    }

    private Acts.Row act(SentMessage message, Acts.Kind kind) {
        UUID proposal = message.manifest().about().orElseThrow();
        return Acts.Row.of(message.row(), kind, parties.own(), proposal, message.manifest().time());
    }
}
