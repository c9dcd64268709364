package org.jalur.node.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.access.order.Ground;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.agreement.ladder.Standing;
import org.jalur.agreement.ladder.StepState;
import org.jalur.log.Hash;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.jalur.node.exchange.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an access block can rest on: notices whose ladder was climbed to the step that makes one
 * possible. Both sides work it out of the same messages.
 */
@Component
public class BlockGrounds {
    private final JdbcClient jdbc;
    private final Histories histories;
    private final Clock clock;

    BlockGrounds(JdbcClient jdbc, Histories histories, Clock clock) {
        this.jdbc = jdbc;
        this.histories = histories;
        this.clock = clock;
    }

    /**
     * A notice past every step.
     *
     * @param id of the notice on this side: the page of notice or case
     * @param message digest of the notice's message
     * @param step the last one
     * @param proof that it was taken
     * @param since when it was
     * @param answered when the silence ended all the same; empty while it lasts
     */
    public record Past(
            UUID id,
            Hash message,
            String reference,
            String step,
            Proof proof,
            Instant since,
            Optional<Instant> answered) {}

    /** A message that opened a ladder. */
    private record Notice(UUID id, Hash digest, String reference) {}

    /** Notices of this authority that nobody answers, in the order of the channel. */
    public List<Past> unanswered(Channel channel) {
        List<Notice> all =
                jdbc.sql(
                                """
                                select distinct notices.id, messages.digest, reference, messages.id as place
                                from ladder_acts join notices on notices.id = subject
                                join messages on messages.id = notices.message
                                where ladder_acts.channel = :channel and ladder_acts.about = 'notice'
                                    and ladder_acts.kind = 'taken' and notices.state = 'sent'
                                order by place desc limit :most
                                """)
                        .param("channel", channel.id())
                        .param("most", Ground.MOST_NOTICES)
                        .query((row, _) ->
                                new Notice(
                                        row.getObject("id", UUID.class),
                                        Hash.of(row.getBytes("digest")),
                                        row.getString("reference")))
                        .list()
                        .reversed();
        Map<UUID, Histories.History> known = new HashMap<>();
        histories
                .of(
                        Silence.NOTICE,
                        all.stream()
                                .map(notice -> new SubjectKey(channel.id(), notice.id()))
                                .toList())
                .forEach(history -> known.put(history.key().subject(), history));
        return all.stream()
                .flatMap(notice ->
                        Optional.ofNullable(known.get(notice.id()))
                                .flatMap(history -> past(notice, history))
                                .stream())
                .filter(past -> past.answered().isEmpty())
                .toList();
    }

    /** What is known here of notices that an order names; those that do not carry it are absent. */
    public List<Past> of(Channel channel, Collection<Ground.Unanswered> named) {
        Map<Hash, Ground.Unanswered> wanted = new HashMap<>();
        named.forEach(one -> wanted.put(one.notice(), one));
        return jdbc
                .sql(
                        """
                        select message_id, digest,
                            coalesce(cases.reference, notices.reference, '') as reference
                        from messages left join cases on cases.message = messages.id
                        left join notices on notices.message = messages.id
                        where messages.channel = :channel and digest = any(:digests::bytea[])
                            and messages.kind = 'notice'
                        order by messages.id
                        """)
                .param("channel", channel.id())
                .param("digests", wanted.keySet().stream().map(Hash::bytes).toArray(byte[][]::new))
                .query((row, _) ->
                        new Notice(
                                row.getObject("message_id", UUID.class),
                                Hash.of(row.getBytes("digest")),
                                row.getString("reference")))
                .list()
                .stream()
                .flatMap(notice ->
                        histories
                                .of(Silence.NOTICE, new SubjectKey(channel.id(), notice.id()))
                                .flatMap(history -> past(notice, history))
                                .stream())
                .filter(past -> isProven(past, wanted))
                .toList();
    }

    /**
     * Of notices whose steps were tried in vain, those that this node got only after a message was
     * signed: what nobody answered before, this node cannot count.
     */
    public Set<Hash> unreceived(
            Channel channel, Collection<Ground.Unanswered> named, Instant signed) {
        return jdbc.sql(
                        """
                        select digest from messages
                        where channel = :channel and digest = any(:digests::bytea[])
                            and kind = 'notice' and direction = 'in' and recorded_at > :signed
                        """)
                .param("channel", channel.id())
                .param(
                        "digests",
                        named.stream()
                                .filter(one -> one.proof() instanceof Proof.Attempt)
                                .map(one -> one.notice().bytes())
                                .toArray(byte[][]::new))
                .param("signed", Ladders.at(signed))
                .query((row, _) -> Hash.of(row.getBytes("digest")))
                .set();
    }

    /** A vain try and the receipt that came later are of the same message. */
    private static boolean isProven(Past past, Map<Hash, Ground.Unanswered> wanted) {
        return Optional.ofNullable(wanted.get(past.message()))
                .filter(one -> digest(one.proof()).equals(digest(past.proof())))
                .isPresent();
    }

    private static Hash digest(Proof proof) {
        return switch (proof) {
            case Proof.Receipt(var message) -> message;
            case Proof.Attempt(var record) -> record;
        };
    }

    private Optional<Past> past(Notice notice, Histories.History history) {
        return history.standing(clock.instant())
                .flatMap(standing -> past(notice, history, standing));
    }

    private static Optional<Past> past(
            Notice notice, Histories.History history, Standing standing) {
        return standing.rungs().stream()
                .filter(rung -> rung.step().action() == Ladder.Action.ACCESS_BLOCK_POSSIBLE)
                .flatMap(rung ->
                        rung.state()
                                        instanceof
                                        StepState.Over(StepState.Ending.Done(var proof), var at)
                                ? Stream.of(
                                        new Past(
                                                history.subject().page(),
                                                notice.digest(),
                                                notice.reference(),
                                                rung.step().name(),
                                                proof,
                                                at,
                                                standing.answered()))
                                : Stream.empty())
                .findFirst();
    }
}
