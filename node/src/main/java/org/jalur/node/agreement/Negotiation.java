package org.jalur.node.agreement;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.text.AgreementText;
import org.jalur.agreement.text.MalformedAgreementException;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this side does about an agreement. To propose and to comment binds nobody; a signature and a
 * termination need two people.
 */
@Component
class Negotiation {
    private final JdbcClient jdbc;
    private final Acts acts;
    private final Rules rules;
    private final PartyTerms parties;
    private final Exchange exchange;
    private final JsonMapper json;
    private final Clock clock;

    Negotiation(
            JdbcClient jdbc,
            Acts acts,
            Rules rules,
            PartyTerms parties,
            Exchange exchange,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.acts = acts;
        this.rules = rules;
        this.parties = parties;
        this.exchange = exchange;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends a version for the other side to sign.
     *
     * @param answers an earlier proposal that this one counters, and so declines
     * @return the id of the proposal
     * @throws ProblemException 422 for what no agreement, or not the next one here, can be
     */
    @Transactional
    public UUID propose(Channel channel, byte[] octets, Optional<UUID> answers) {
        AgreementText text = read(octets);
        Standing standing = lock(channel);
        refuse(rules.ofProposal(channel, standing, text.agreement()));
        answers.ifPresent(one -> requireKnown(standing, one));
        UUID id = UUID.randomUUID();
        Part agreement = Part.of("agreement", text.octets());
        SentMessage sent =
                send(
                        channel,
                        id,
                        MessageKind.PROPOSAL,
                        id,
                        text.digest(),
                        List.of(
                                Parts.json("agreement-proposal", new Said.Proposal(answers)),
                                agreement));
        acts.add(
                channel,
                act(sent, Acts.Kind.PROPOSED, id)
                        .proposing(
                                new Acts.Proposed(
                                        text.digest(), text.agreement().version(), answers),
                                Optional.of(agreement.leaf())));
        return id;
    }

    /**
     * @throws ProblemException 422 that names the clause, the rule and the way out
     */
    static AgreementText read(byte[] octets) {
        try {
            return AgreementText.read(octets);
        } catch (InvalidTermException | MalformedAgreementException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-agreement",
                    String.valueOf(e.getMessage()),
                    String.valueOf(e.getMessage()));
        }
    }

    @Transactional
    public void comment(Channel channel, UUID proposal, Said.Remark remark) {
        Hash digest = requireKnown(lock(channel), proposal);
        Part part = Parts.json("agreement-comment", remark);
        SentMessage sent =
                send(
                        channel,
                        UUID.randomUUID(),
                        MessageKind.COMMENT,
                        proposal,
                        digest,
                        List.of(part));
        acts.add(channel, act(sent, Acts.Kind.COMMENTED, proposal).saying(part.leaf()));
    }

    /**
     * Signs once a second person wants the same.
     *
     * @return whether it is signed now
     */
    @Transactional
    public boolean sign(Channel channel, UUID proposal, Said.Signature said, Caller signatory) {
        Standing standing = lock(channel);
        Hash digest = requireKnown(standing, proposal);
        refuse(rules.ofSignature(channel, standing, proposal, parties.own(), said));
        if (!second(channel, proposal, Acts.Kind.SIGNED, said, signatory)) {
            return false;
        }
        Part part = Parts.json("agreement-signature", said);
        SentMessage sent =
                send(
                        channel,
                        UUID.randomUUID(),
                        MessageKind.SIGNATURE,
                        proposal,
                        digest,
                        List.of(part));
        acts.add(channel, act(sent, Acts.Kind.SIGNED, proposal).saying(part.leaf()));
        return true;
    }

    /**
     * Ends a version that both signed, once a second person wants the same.
     *
     * @return whether it was ended now
     */
    @Transactional
    public boolean terminate(Channel channel, UUID proposal, Said.Ending said, Caller signatory) {
        Standing standing = lock(channel);
        Hash digest = requireKnown(standing, proposal);
        refuse(rules.ofTermination(channel, standing, proposal, said, clock.instant()));
        if (!second(channel, proposal, Acts.Kind.TERMINATED, said, signatory)) {
            return false;
        }
        Part part = Parts.json("agreement-termination", said);
        SentMessage sent =
                send(
                        channel,
                        UUID.randomUUID(),
                        MessageKind.TERMINATION,
                        proposal,
                        digest,
                        List.of(part));
        acts.add(
                channel,
                act(sent, Acts.Kind.TERMINATED, proposal)
                        .saying(part.leaf())
                        .ending(said.lastDay()));
        return true;
    }

    /**
     * What one person wants, until another wants the same; whoever wants something else begins
     * anew.
     */
    record Step(String said, UUID account) {}

    Optional<Step> step(Channel channel, UUID proposal, Acts.Kind kind) {
        return jdbc.sql(
                        """
                        select said, account from agreement_steps
                        where channel = :channel and proposal = :proposal and kind = :kind
                        """)
                .param("channel", channel.id())
                .param("proposal", proposal)
                .param("kind", Acts.wire(kind))
                .query((row, _) ->
                        new Step(row.getString("said"), row.getObject("account", UUID.class)))
                .optional();
    }

    <T extends Said> Optional<T> wanted(
            Channel channel, UUID proposal, Acts.Kind kind, Class<T> type) {
        return step(channel, proposal, kind).map(step -> json.readValue(step.said(), type));
    }

    private boolean second(
            Channel channel, UUID proposal, Acts.Kind kind, Said said, Caller signatory) {
        String wanted = json.writeValueAsString(said);
        Optional<Step> same =
                step(channel, proposal, kind).filter(step -> step.said().equals(wanted));
        if (same.filter(step -> step.account().equals(signatory.account())).isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "own-step",
                    "You wanted this already; another signatory must want the same.");
        }
        if (same.isPresent()) {
            jdbc.sql(
                            """
                            delete from agreement_steps
                            where channel = :channel and proposal = :proposal and kind = :kind
                            """)
                    .param("channel", channel.id())
                    .param("proposal", proposal)
                    .param("kind", Acts.wire(kind))
                    .update();
            return true;
        }
        jdbc.sql(
                        """
                        insert into agreement_steps (channel, proposal, kind, said, account, at)
                        values (:channel, :proposal, :kind, :said, :account, :now)
                        on conflict (channel, proposal, kind) do update
                            set said = excluded.said, account = excluded.account, at = excluded.at
                        """)
                .param("channel", channel.id())
                .param("proposal", proposal)
                .param("kind", Acts.wire(kind))
                .param("said", wanted)
                .param("account", signatory.account())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return false;
    }

    private Standing lock(Channel channel) {
        acts.lock(channel);
        return Standing.of(acts.of(channel));
    }

    private static Hash requireKnown(Standing standing, UUID proposal) {
        return standing.dossier().find(proposal).orElseThrow(() -> unknown(proposal)).digest();
    }

    static ProblemException unknown(UUID proposal) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-proposal",
                "There is no proposal %s on this channel.".formatted(proposal));
    }

    private static void refuse(Optional<Refusal> refusal) {
        refusal.ifPresent(one -> {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "agreement-rule",
                    "Clause " + one.reason(),
                    one);
        });
    }

    private SentMessage send(
            Channel channel, UUID id, MessageKind kind, UUID about, Hash digest, List<Part> parts) {
        return exchange.send(
                channel,
                new Exchange.Draft(id, kind, Optional.of(about), Optional.of(digest), parts));
    }

    private Acts.Row act(SentMessage sent, Acts.Kind kind, UUID proposal) {
        return Acts.Row.of(sent.row(), kind, parties.own(), proposal, sent.manifest().time());
    }

    /**
     * @throws ProblemException 422 for a text that is too long or empty
     */
    static <T extends Said> T said(Supplier<T> typed) {
        try {
            return typed.get();
        } catch (MalformedMessageException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-text",
                    String.valueOf(e.getMessage()));
        }
    }
}
