package org.jalur.node.agreement;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.negotiation.Dossier;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.springframework.stereotype.Component;

/**
 * The agreements this node works under. Both parties signed the same octets; every notice and every
 * list cites their digest.
 */
@Component
public class Agreements {
    private final Acts acts;
    private final AgreementTexts texts;
    private final Channels channels;
    private final Clock clock;

    Agreements(Acts acts, AgreementTexts texts, Channels channels, Clock clock) {
        this.acts = acts;
        this.texts = texts;
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * A version that both signed.
     *
     * @param digest SHA-256 of the octets that both signed
     */
    public record Signed(Hash digest, Agreement agreement) {}

    /** What a message stands on. */
    public sealed interface Citation {
        record Binding(Signed signed) implements Citation {}

        record Broken(Refusal refusal) implements Citation {}
    }

    /** What is in force with a peer now; empty if nothing is. */
    public Optional<Signed> with(PartyId peer) {
        return channels.with(peer).flatMap(channel -> inForce(channel, clock.instant()));
    }

    Optional<Signed> inForce(Channel channel, Instant at) {
        return inForce(channel, Standing.of(acts.of(channel)), at)
                .map(proposal -> signed(channel, proposal));
    }

    /** The newest version that has begun; none if that one has ended. */
    Optional<Dossier.Proposal> inForce(Channel channel, Standing standing, Instant at) {
        for (Dossier.Proposal proposal : standing.dossier().concluded().reversed()) {
            Agreement agreement = texts.of(channel, proposal).agreement();
            LocalDate day = day(agreement, at);
            if (!day.isBefore(agreement.term().from())) {
                return Optional.of(proposal).filter(one -> holds(agreement, standing, one, day));
            }
        }
        return Optional.empty();
    }

    private static boolean holds(
            Agreement agreement, Standing standing, Dossier.Proposal proposal, LocalDate day) {
        return agreement.term().covers(day)
                && standing.lastDay(proposal.id()).filter(day::isAfter).isEmpty();
    }

    /** A version that both signed, in force or not: the one that a notice or case names. */
    public Signed of(Channel channel, Hash digest) {
        return texts.known(digest)
                .map(text -> new Signed(digest, text.agreement()))
                .or(() ->
                        find(Standing.of(acts.of(channel)), digest)
                                .map(proposal -> signed(channel, proposal)))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no agreement %s with %s".formatted(digest, channel.peer())));
    }

    private static Optional<Dossier.Proposal> find(Standing standing, Hash digest) {
        return standing.dossier().concluded().stream()
                .filter(one -> one.digest().equals(digest))
                .findFirst();
    }

    private Signed signed(Channel channel, Dossier.Proposal proposal) {
        return new Signed(proposal.digest(), texts.of(channel, proposal).agreement());
    }

    /** A notice or list of this node names the version; from here no earlier one binds. */
    public void named(SentMessage message) {
        message.manifest()
                .agreement()
                .ifPresent(digest ->
                        named(
                                message.channel(),
                                Standing.of(acts.of(message.channel())),
                                digest,
                                message.row(),
                                message.manifest().time()));
    }

    private void named(Channel channel, Standing standing, Hash digest, long message, Instant at) {
        find(standing, digest)
                .filter(one -> one.version().number() > standing.named())
                .ifPresent(one ->
                        acts.add(
                                channel,
                                Acts.Row.of(
                                        message, Acts.Kind.NAMED, Side.AUTHORITY, one.id(), at)));
    }

    /**
     * Whether the version that a notice or list cites binds at its receipt. What comes back to a
     * database that lost it was judged when it came first.
     */
    public Citation cited(ReceivedMessage message) {
        Channel channel = message.channel();
        Standing standing = Standing.of(acts.of(channel));
        Optional<Hash> cited = message.manifest().agreement();
        Optional<Dossier.Proposal> found = cited.flatMap(digest -> find(standing, digest));
        Optional<Refusal> refusal =
                message.again() && found.isPresent()
                        ? Optional.empty()
                        : refusal(message, standing, found);
        if (refusal.isPresent()) {
            return new Citation.Broken(refusal.get());
        }
        Dossier.Proposal proposal = found.orElseThrow();
        named(channel, standing, proposal.digest(), message.row(), message.receivedAt());
        return new Citation.Binding(signed(channel, proposal));
    }

    private Optional<Refusal> refusal(
            ReceivedMessage message, Standing standing, Optional<Dossier.Proposal> found) {
        if (standing.dossier().concluded().isEmpty()) {
            return broken("agreement", "There is no agreement between the two parties.");
        }
        if (found.isEmpty()) {
            return broken(
                    "agreement",
                    "The message cites agreement %s; in force is %s."
                            .formatted(
                                    message.manifest().agreement().map(Hash::hex).orElse("none"),
                                    inForce(message.channel(), standing, message.receivedAt())
                                            .map(one -> one.digest().hex())
                                            .orElse("none")));
        }
        Dossier.Proposal proposal = found.get();
        int number = proposal.version().number();
        if (number < standing.named()) {
            return broken(
                    "version",
                    "Version %d binds no more: version %d was named in an earlier message."
                            .formatted(number, standing.named()));
        }
        Agreement agreement = texts.of(message.channel(), proposal).agreement();
        LocalDate day = day(agreement, message.receivedAt());
        if (!holds(agreement, standing, proposal, day)) {
            return broken(
                    "term",
                    "Version %d is not in force on %s; it holds from %s to %s."
                            .formatted(
                                    number,
                                    day,
                                    agreement.term().from(),
                                    standing.lastDay(proposal.id())
                                            .or(() -> agreement.term().until())
                                            .map(LocalDate::toString)
                                            .orElse("its termination")));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> broken(String clause, String reason) {
        return Optional.of(new Refusal(clause, reason));
    }

    static LocalDate day(Agreement agreement, Instant at) {
        return at.atZone(agreement.calendar().zone()).toLocalDate();
    }
}
