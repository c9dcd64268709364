package org.jalur.node.agreement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.text.AgreementText;
import org.jalur.agreement.text.MalformedAgreementException;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.springframework.stereotype.Component;

/**
 * What the other side does about an agreement. Its node and this one ask the same rules of the same
 * messages, so what breaks them is refused, and dead on both.
 */
@Component
class AgreementMessages implements MessageHandler {
    private final PartStore parts;
    private final Acts acts;
    private final Rules rules;
    private final PartyTerms parties;
    private final Exchange exchange;

    AgreementMessages(
            PartStore parts, Acts acts, Rules rules, PartyTerms parties, Exchange exchange) {
        this.parts = parts;
        this.acts = acts;
        this.rules = rules;
        this.parties = parties;
        this.exchange = exchange;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(
                MessageKind.PROPOSAL,
                MessageKind.COMMENT,
                MessageKind.SIGNATURE,
                MessageKind.TERMINATION,
                MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest().about().filter(id -> isKnown(message.channel(), id)).isPresent();
    }

    private boolean isKnown(Channel channel, UUID proposal) {
        return Standing.of(acts.of(channel)).dossier().find(proposal).isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        acts.lock(message.channel());
        switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
            case PROPOSAL -> proposed(message);
            case COMMENT -> {
                Part part = only(message, "agreement-comment");
                Parts.read(part, Said.Remark.class);
                acts.add(
                        message.channel(),
                        act(message, Acts.Kind.COMMENTED, proposal(message)).saying(part.leaf()));
            }
            case SIGNATURE -> signed(message);
            case TERMINATION -> terminated(message);
            case REFUSAL -> {
                Part part = only(message, "refusal");
                Parts.read(part, Refusal.class);
                acts.add(
                        message.channel(),
                        act(message, Acts.Kind.REFUSED, proposal(message)).saying(part.leaf()));
            }
            case KEYS,
                    NOTICE,
                    WITHDRAWAL,
                    CLARIFICATION,
                    ACKNOWLEDGEMENT,
                    DECISION,
                    MEASURES,
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
                            "not a message about an agreement: " + message.manifest().kind());
        }
    }

    private void proposed(ReceivedMessage message) {
        UUID id = message.manifest().id();
        List<Hash> leaves = message.leaves();
        if (leaves.size() != 2 || !message.manifest().about().equals(Optional.of(id))) {
            throw new MalformedMessageException(
                    "a proposal is about itself, and has a part that says so and the agreement");
        }
        Said.Proposal said =
                Parts.read(
                        part(message, leaves.getFirst(), "agreement-proposal"),
                        Said.Proposal.class);
        byte[] octets = part(message, leaves.getLast(), "agreement").bytes();
        AgreementText text;
        try {
            text = AgreementText.read(octets);
        } catch (InvalidTermException e) {
            refuse(message, RefusalRule.broken(e));
            return;
        } catch (MalformedAgreementException e) {
            refuse(message, new Refusal("agreement", String.valueOf(e.getMessage())));
            return;
        }
        if (!message.manifest().agreement().equals(Optional.of(text.digest()))) {
            throw new MalformedMessageException("a proposal names the digest of what it proposes");
        }
        Standing standing = Standing.of(acts.of(message.channel()));
        Optional<Refusal> refusal = rules.ofProposal(message.channel(), standing, text.agreement());
        if (refusal.isPresent()) {
            refuse(message, refusal.get());
            return;
        }
        acts.add(
                message.channel(),
                act(message, Acts.Kind.PROPOSED, id)
                        .proposing(
                                new Acts.Proposed(
                                        text.digest(), text.agreement().version(), said.answers()),
                                Optional.of(leaves.getLast())));
    }

    private void signed(ReceivedMessage message) {
        Part part = only(message, "agreement-signature");
        Said.Signature said = Parts.read(part, Said.Signature.class);
        UUID proposal = proposal(message);
        Optional<Refusal> refusal =
                rules.ofSignature(
                        message.channel(),
                        Standing.of(acts.of(message.channel())),
                        proposal,
                        parties.peer(),
                        said);
        if (refusal.isPresent()) {
            acts.add(
                    message.channel(),
                    Acts.Row.of(
                            message.row(),
                            Acts.Kind.REFUSED,
                            parties.own(),
                            proposal,
                            message.receivedAt()));
            refuse(message, refusal.get());
            return;
        }
        acts.add(message.channel(), act(message, Acts.Kind.SIGNED, proposal).saying(part.leaf()));
    }

    private void terminated(ReceivedMessage message) {
        Part part = only(message, "agreement-termination");
        Said.Ending said = Parts.read(part, Said.Ending.class);
        UUID proposal = proposal(message);
        Optional<Refusal> refusal =
                rules.ofTermination(
                        message.channel(),
                        Standing.of(acts.of(message.channel())),
                        proposal,
                        said,
                        message.receivedAt());
        if (refusal.isPresent()) {
            refuse(message, refusal.get());
            return;
        }
        acts.add(
                message.channel(),
                act(message, Acts.Kind.TERMINATED, proposal)
                        .saying(part.leaf())
                        .ending(said.lastDay()));
    }

    /** What comes back to a lost database was answered when it came first. */
    private void refuse(ReceivedMessage message, Refusal refusal) {
        if (!message.again()) {
            exchange.refuse(message, refusal);
        }
    }

    private UUID proposal(ReceivedMessage message) {
        return message.manifest()
                .about()
                .filter(id -> isKnown(message.channel(), id))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "the message is about no proposal of this channel"));
    }

    private Part only(ReceivedMessage message, String type) {
        if (message.leaves().size() != 1) {
            throw new MalformedMessageException(
                    "%d parts where one is expected".formatted(message.leaves().size()));
        }
        return part(message, message.leaves().getFirst(), type);
    }

    private Part part(ReceivedMessage message, Hash leaf, String type) {
        return parts.open(message.channel(), leaf)
                .filter(part -> part.type().equals(type))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "no \"%s\" part where it belongs".formatted(type)));
    }

    private Acts.Row act(ReceivedMessage message, Acts.Kind kind, UUID proposal) {
        return Acts.Row.of(message.row(), kind, parties.peer(), proposal, message.receivedAt());
    }
}
