package org.jalur.node.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Version;
import org.jalur.agreement.negotiation.Dossier;
import org.jalur.agreement.negotiation.Objection;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Agreements of a channel as people and programs read them. */
@Component
class AgreementViews {
    private final Channels channels;
    private final Acts acts;
    private final Agreements agreements;
    private final AgreementTexts texts;
    private final PartyTerms parties;
    private final PartStore parts;
    private final Negotiation negotiation;
    private final Clock clock;

    AgreementViews(
            Channels channels,
            Acts acts,
            Agreements agreements,
            AgreementTexts texts,
            PartyTerms parties,
            PartStore parts,
            Negotiation negotiation,
            Clock clock) {
        this.channels = channels;
        this.acts = acts;
        this.agreements = agreements;
        this.texts = texts;
        this.parties = parties;
        this.parts = parts;
        this.negotiation = negotiation;
        this.clock = clock;
    }

    /** Where a version stands. */
    enum State {
        /** Proposed, and signed by nobody. */
        PROPOSED,
        SIGNED_BY_US,
        SIGNED_BY_PEER,
        /** A counter-proposal took its place. */
        DECLINED,
        /** It breaks a rule on the other node. */
        REFUSED,
        /** Another version of its number was signed by both. */
        OVERTAKEN,
        /** Signed by both, and its first day is still to come. */
        TO_COME,
        IN_FORCE,
        /** Signed by both once, and no more in force. */
        ENDED
    }

    /**
     * @param peer party id of the other side
     * @param digest SHA-256 of the octets that are signed
     * @param signedBy sides
     * @param from first day in force
     * @param lastDay of its term, or of its termination
     * @param namedAt when a notice or list cited it first: from then no earlier version binds
     */
    record Summary(
            String peer,
            UUID id,
            int number,
            String title,
            String digest,
            State state,
            Side proposedBy,
            Instant proposedAt,
            Set<Side> signedBy,
            LocalDate from,
            Optional<LocalDate> lastDay,
            Optional<Instant> namedAt) {}

    /**
     * What was done, with what was said.
     *
     * @param clause that a comment is about, or that a refusal names
     * @param text of a comment, termination or refusal; name of the representative who signed;
     *     absent where there is none
     * @param refusal with its rule, for readers of other languages
     */
    record Event(
            Acts.Kind kind,
            Side side,
            Instant at,
            Optional<String> clause,
            Optional<String> text,
            Optional<LocalDate> lastDay,
            @JsonIgnore Optional<Refusal> refusal) {
        /** The same with other words. */
        Event saying(String words) {
            return new Event(kind, side, at, clause, Optional.of(words), lastDay, refusal);
        }
    }

    /**
     * @param open clauses to be filled before anybody signs
     * @param objection why this side cannot sign now
     * @param signing what one signatory of this side wants to sign, until another does
     * @param ending likewise
     */
    record Detail(
            Summary summary,
            Optional<UUID> answers,
            List<String> open,
            Optional<Objection> objection,
            Optional<Said.Signature> signing,
            Optional<Said.Ending> ending,
            List<Event> events) {
        Detail {
            open = List.copyOf(open);
            events = List.copyOf(events);
        }

        /** As a page of another language says it. */
        Detail in(AgreementWords words) {
            return new Detail(
                    summary,
                    answers,
                    open,
                    objection,
                    signing,
                    ending,
                    events.stream()
                            .map(event ->
                                    event.refusal()
                                            .map(said -> event.saying(words.refusal(said)))
                                            .orElse(event))
                            .toList());
        }
    }

    /** Of all channels, the newest proposal first. */
    List<Summary> all() {
        return channels.all().stream().flatMap(channel -> of(channel).stream()).toList();
    }

    List<Summary> of(Channel channel) {
        Standing standing = Standing.of(acts.of(channel));
        Optional<UUID> inForce = inForce(channel, standing);
        return standing.dossier().proposals().reversed().stream()
                .map(one -> summary(channel, standing, one, inForce))
                .toList();
    }

    private Optional<UUID> inForce(Channel channel, Standing standing) {
        return agreements.inForce(channel, standing, clock.instant()).map(Dossier.Proposal::id);
    }

    Detail detail(Channel channel, UUID id) {
        Standing standing = Standing.of(acts.of(channel));
        Dossier.Proposal proposal =
                standing.dossier().find(id).orElseThrow(() -> Negotiation.unknown(id));
        return new Detail(
                summary(channel, standing, proposal, inForce(channel, standing)),
                proposal.proposed().declines(),
                texts.of(channel, proposal).agreement().openBeforeSigning(),
                standing.dossier().objection(id, parties.own()),
                negotiation.wanted(channel, id, Acts.Kind.SIGNED, Said.Signature.class),
                negotiation.wanted(channel, id, Acts.Kind.TERMINATED, Said.Ending.class),
                standing.about(id).map(row -> event(channel, row)).toList());
    }

    private Event event(Channel channel, Acts.Row row) {
        Optional<Part> part =
                row.kind() == Acts.Kind.PROPOSED
                        ? Optional.empty()
                        : row.leaf().flatMap(leaf -> parts.open(channel, leaf));
        Optional<String> clause = Optional.empty();
        Optional<String> text = Optional.empty();
        Optional<Refusal> refusal = Optional.empty();
        if (part.isPresent()) {
            switch (row.kind()) {
                case COMMENTED -> {
                    Said.Remark said = Parts.read(part.get(), Said.Remark.class);
                    clause = said.clause();
                    text = Optional.of(said.text());
                }
                case SIGNED ->
                        text =
                                Optional.of(
                                        Parts.read(part.get(), Said.Signature.class)
                                                .representative());
                case TERMINATED ->
                        text = Optional.of(Parts.read(part.get(), Said.Ending.class).reason());
                case REFUSED -> {
                    Refusal said = Parts.read(part.get(), Refusal.class);
                    clause = Optional.of(said.clause());
                    text = Optional.of(said.reason());
                    refusal = Optional.of(said);
                }
                case PROPOSED, NAMED -> {}
            }
        }
        return new Event(row.kind(), row.side(), row.at(), clause, text, row.lastDay(), refusal);
    }

    private Summary summary(
            Channel channel, Standing standing, Dossier.Proposal proposal, Optional<UUID> inForce) {
        Agreement agreement = texts.of(channel, proposal).agreement();
        return new Summary(
                channel.peer().value(),
                proposal.id(),
                proposal.version().number(),
                agreement.title(),
                proposal.digest().hex(),
                state(standing, proposal, agreement, inForce),
                proposal.proposed().by(),
                at(standing, proposal.id(), Acts.Kind.PROPOSED).orElseThrow(),
                proposal.signedBy(),
                agreement.term().from(),
                standing.lastDay(proposal.id()).or(() -> agreement.term().until()),
                at(standing, proposal.id(), Acts.Kind.NAMED));
    }

    private static Optional<Instant> at(Standing standing, UUID proposal, Acts.Kind kind) {
        return standing.about(proposal)
                .filter(row -> row.kind() == kind)
                .map(Acts.Row::at)
                .findFirst();
    }

    private State state(
            Standing standing,
            Dossier.Proposal proposal,
            Agreement agreement,
            Optional<UUID> inForce) {
        if (proposal.isConcluded()) {
            if (inForce.equals(Optional.of(proposal.id()))) {
                return State.IN_FORCE;
            }
            return Agreements.day(agreement, clock.instant()).isBefore(agreement.term().from())
                    ? State.TO_COME
                    : State.ENDED;
        }
        if (proposal.refused()) {
            return State.REFUSED;
        }
        if (!proposal.declinedBy().isEmpty()) {
            return State.DECLINED;
        }
        if (!proposal.version().equals(standing.dossier().next())) {
            return State.OVERTAKEN;
        }
        if (proposal.signedBy().isEmpty()) {
            return State.PROPOSED;
        }
        return proposal.signedBy().contains(parties.own())
                ? State.SIGNED_BY_US
                : State.SIGNED_BY_PEER;
    }

    AgreementText text(Channel channel, UUID id) {
        return texts.of(
                channel,
                Standing.of(acts.of(channel))
                        .dossier()
                        .find(id)
                        .orElseThrow(() -> Negotiation.unknown(id)));
    }

    /** What the next proposal says of its version. */
    Version next(Channel channel) {
        return Standing.of(acts.of(channel)).dossier().next();
    }

    /**
     * @throws ProblemException 404 if no channel leads there
     */
    Channel channel(String peer) {
        return Optional.of(peer)
                .filter(id -> id.matches("[a-z0-9-]{3,63}"))
                .flatMap(id -> channels.with(new PartyId(id)))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-peer",
                                "No channel leads to \"%s\"; there are %s"
                                        .formatted(
                                                peer,
                                                channels.all().stream()
                                                        .map(one -> one.peer().value())
                                                        .sorted()
                                                        .collect(Collectors.joining(", ")))));
    }
}
