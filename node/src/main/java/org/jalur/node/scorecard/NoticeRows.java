package org.jalur.node.scorecard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Urgency;
import org.jalur.scorecard.ItemFact;
import org.jalur.scorecard.Period;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What this node stores of the notices of a period: several reads, each with the notices in the
 * same order, so that they are put together as they come and no number of notices fills the memory.
 */
@Component
class NoticeRows {
    private static final int AT_ONCE = 2_000;

    /** Each fact at the time of the receiver's receipt. */
    private static final String RECEIPT =
            "case %1$s.direction when 'in' then %1$s.recorded_at else %1$s_receipt.received_at end";

    private final JdbcClient jdbc;
    private final boolean authority;
    private final String withTaken;

    NoticeRows(JdbcClient jdbc, Register register) {
        this.jdbc = jdbc;
        this.authority = register.isAuthority();
        this.withTaken =
                """
                with taken as (
                    select one.id, one.%2$s as notice, one.received_at, one.message, one.kind, one.urgency, one.category,
                        one.agreement, one.item_count
                    from %1$s one
                    where one.channel = :channel and one.received_at >= :from and one.received_at < :to
                        and one.message is not null and one.agreement is not null and not exists (
                            select 1 from refused_notices refused
                            where refused.channel = one.channel and refused.notice = one.%2$s))
                """
                        .formatted(authority ? "notices" : "cases", authority ? "id" : "notice_id");
    }

    /**
     * @param id of this side's own row: the notice, or the case
     * @param confirmedAt of an emergency
     */
    record Taken(
            UUID id,
            NoticeKind kind,
            Urgency urgency,
            String category,
            Hash agreement,
            int items,
            Instant sentAt,
            Instant receivedAt,
            Optional<Instant> confirmedAt) {}

    record Refused(
            NoticeKind kind,
            Urgency urgency,
            int items,
            Instant sentAt,
            Instant receivedAt,
            String clause) {}

    /**
     * @param of row of the notice or case
     */
    record Said<T>(UUID of, T fact) {}

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static <E extends Enum<E>> E one(Class<E> of, String wire) {
        return Enum.valueOf(of, wire.toUpperCase(Locale.ROOT));
    }

    private <T> Stream<T> read(Channel channel, Period period, String query, Reading<T> reading) {
        return jdbc
                .sql(query)
                .param("channel", channel.id())
                .param("from", Scorecards.at(period.begin()))
                .param("to", Scorecards.at(period.end()))
                .withFetchSize(AT_ONCE)
                .query((row, _) -> reading.of(row))
                .stream();
    }

    private <T> Stream<Said<T>> said(
            Channel channel, Period period, String query, Reading<T> reading) {
        return read(
                channel,
                period,
                withTaken + query,
                row -> new Said<>(row.getObject("id", UUID.class), reading.of(row)));
    }

    Stream<Taken> taken(Channel channel, Period period) {
        return read(
                channel,
                period,
                withTaken
                        + """
                        select taken.*, messages.sent_at, emergencies.confirmed_at from taken
                        join messages on messages.id = taken.message
                        left join emergencies on emergencies.subject = taken.id
                        order by taken.received_at, taken.id
                        """,
                row ->
                        new Taken(
                                row.getObject("id", UUID.class),
                                one(NoticeKind.class, row.getString("kind")),
                                one(Urgency.class, row.getString("urgency")),
                                row.getString("category"),
                                Hash.of(row.getBytes("agreement")),
                                row.getInt("item_count"),
                                time(row, "sent_at").orElseThrow(),
                                time(row, "received_at").orElseThrow(),
                                time(row, "confirmed_at")));
    }

    Stream<Refused> refused(Channel channel, Period period) {
        return read(
                channel,
                period,
                """
                select * from (
                    select refused.kind, urgency, items, clause, sent_at, %s as received_at
                    from refused_notices refused join messages message on message.id = refused.message
                    left join receipts message_receipt on message_receipt.message = message.id
                    where refused.channel = :channel and refused.kind is not null) as refused
                where received_at >= :from and received_at < :to
                """
                        .formatted(RECEIPT.formatted("message")),
                row ->
                        new Refused(
                                one(NoticeKind.class, row.getString("kind")),
                                one(Urgency.class, row.getString("urgency")),
                                row.getInt("items"),
                                time(row, "sent_at").orElseThrow(),
                                time(row, "received_at").orElseThrow(),
                                row.getString("clause")));
    }

    /** That a person opened it, or that it was withdrawn. */
    Stream<Said<Event>> opened(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                select * from (
                    select taken.id, taken.received_at, message.kind, %s as at from taken
                    join messages message on message.channel = :channel and message.about = taken.notice
                    left join receipts message_receipt on message_receipt.message = message.id
                    where (message.kind, message.direction) in (('acknowledgement', '%s'), ('withdrawal', '%s'))) as said
                where at is not null order by received_at, id
                """
                        .formatted(
                                RECEIPT.formatted("message"),
                                authority ? "in" : "out",
                                authority ? "out" : "in"),
                row -> {
                    Instant at = time(row, "at").orElseThrow();
                    return row.getString("kind").equals("withdrawal")
                            ? new Event.Withdrawn(at)
                            : new Event.Acknowledged(at);
                });
    }

    /** What made the clock stand, and go on. */
    Stream<Said<Event>> stops(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                select taken.id, event, at from taken join clock_events on clock_events.subject = taken.id
                order by taken.received_at, taken.id
                """,
                row -> {
                    Instant at = time(row, "at").orElseThrow();
                    String event = row.getString("event");
                    return switch (event) {
                        case "asked" -> new Event.Asked(at);
                        case "answered" -> new Event.Answered(at);
                        case "hindered" -> new Event.Hindered(at);
                        case "unhindered" -> new Event.Unhindered(at);
                        default ->
                                throw new IllegalStateException(
                                        "an unknown event of a clock: " + event);
                    };
                });
    }

    Stream<Said<ItemFact>> decided(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                select * from (
                    select taken.id, taken.received_at, no, outcome, ground, message.seq, %s as at from taken
                    join decisions on decisions.subject = taken.id
                    join messages message on message.id = decisions.message
                    left join receipts message_receipt on message_receipt.message = message.id) as decided
                where at is not null order by received_at, id
                """
                        .formatted(RECEIPT.formatted("message")),
                row ->
                        new ItemFact.Decided(
                                row.getInt("no"),
                                row.getLong("seq"),
                                time(row, "at").orElseThrow(),
                                one(Outcome.class, row.getString("outcome")),
                                Optional.ofNullable(row.getString("ground"))
                                        .map(ground -> one(RefusalGround.class, ground))));
    }

    /** As far as the platform has reported it. */
    Stream<Said<ItemFact>> gone(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                select taken.id, no, min(measured_at) as at from taken join measures on measures.subject = taken.id
                where outcome = 'gone' and not exists (
                    select 1 from actions where actions.id = measures.action and reported_at is null)
                group by taken.received_at, taken.id, no order by taken.received_at, taken.id
                """,
                row -> new ItemFact.SeenGone(row.getInt("no"), time(row, "at").orElseThrow()));
    }

    /** Which items can be compared. */
    Stream<Said<ItemFact>> comparable(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                select distinct taken.received_at, taken.id, no from taken
                join item_marks on item_marks.channel = :channel and item_marks.notice = taken.notice
                order by taken.received_at, taken.id
                """,
                row -> new ItemFact.Recognisable(row.getInt("no")));
    }

    /** The newest earlier notice that names the same, and what had become of it. */
    Stream<Said<ItemFact>> before(Channel channel, Period period) {
        return said(
                channel,
                period,
                """
                , again as (
                    select distinct on (taken.received_at, taken.id, mine.no) taken.received_at, taken.id, mine.no,
                        earlier.notice, earlier.no as earlier_no
                    from taken join item_marks mine on mine.channel = :channel and mine.notice = taken.notice
                    cross join lateral (
                        select other.notice, other.no, other.seq from item_marks other
                        where other.channel = :channel and other.mark = mine.mark and other.seq < mine.seq
                            and not exists (
                                select 1 from refused_notices refused
                                where refused.channel = :channel and refused.notice = other.notice)
                        order by other.seq desc, other.no limit 1) as earlier
                    order by taken.received_at, taken.id, mine.no, earlier.seq desc, earlier.no)
                select again.id, again.no, (
                        select min(%1$s) from decisions join messages message on message.id = decisions.message
                        left join receipts message_receipt on message_receipt.message = message.id
                        where decisions.subject = %2$s and decisions.no = again.earlier_no
                            and outcome not in ('clarification', 'impossible')) as decided_at, (
                        select min(%1$s) from messages message
                        left join receipts message_receipt on message_receipt.message = message.id
                        where message.channel = :channel and message.about = again.notice
                            and message.kind = 'withdrawal' and message.direction = '%3$s') as withdrawn_at
                from again order by again.received_at, again.id
                """
                        .formatted(
                                RECEIPT.formatted("message"),
                                authority
                                        ? "again.notice"
                                        : "(select id from cases where channel = :channel and notice_id = again.notice)",
                                authority ? "out" : "in"),
                row ->
                        new ItemFact.NoticedBefore(
                                row.getInt("no"),
                                time(row, "decided_at"),
                                time(row, "withdrawn_at")));
    }
}
