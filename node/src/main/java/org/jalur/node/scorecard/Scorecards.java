package org.jalur.node.scorecard;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.RefusedNotices;
import org.jalur.node.register.Register;
import org.jalur.scorecard.Card;
import org.jalur.scorecard.Course;
import org.jalur.scorecard.ItemFact;
import org.jalur.scorecard.Period;
import org.jalur.scorecard.Tally;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Draws up the card of a channel from what this node stores. */
@Component
class Scorecards {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final JdbcClient jdbc;
    private final NoticeRows rows;
    private final RefusedNotices refused;
    private final Agreements agreements;
    private final TransactionTemplate oneMoment;
    private final Clock clock;
    private final boolean authority;

    Scorecards(
            JdbcClient jdbc,
            NoticeRows rows,
            RefusedNotices refused,
            Agreements agreements,
            PlatformTransactionManager transactions,
            Clock clock,
            Register register) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.refused = refused;
        this.agreements = agreements;
        this.clock = clock;
        this.authority = register.isAuthority();
        oneMoment = new TransactionTemplate(transactions);
        oneMoment.setReadOnly(true);
        // Several reads that are put together show one moment, or a fact has no notice.
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    Card card(Channel channel, Period period) {
        refused.learn(channel);
        return Objects.requireNonNull(oneMoment.execute(_ -> drawUp(channel, period)));
    }

    private Card drawUp(Channel channel, Period period) {
        var tally =
                new Tally(
                        authority ? channel.local() : channel.peer(),
                        authority ? channel.peer() : channel.local(),
                        period,
                        clock.instant());
        try (Stream<NoticeRows.Refused> refusals = rows.refused(channel, period)) {
            refusals.forEach(one -> tally.add(course(one)));
        }
        addTaken(tally, channel, period);
        return tally.card();
    }

    private static Course course(NoticeRows.Refused one) {
        return new Course(
                one.kind(),
                one.urgency(),
                Tally.NONE,
                one.items(),
                one.sentAt(),
                one.receivedAt(),
                new Course.Handling.RefusedAsWhole(one.clause()));
    }

    private void addTaken(Tally tally, Channel channel, Period period) {
        var rules = new Rules(channel);
        try (Stream<NoticeRows.Taken> taken = rows.taken(channel, period);
                var opened = new Told<>(rows.opened(channel, period));
                var stops = new Told<>(rows.stops(channel, period));
                var decided = new Told<>(rows.decided(channel, period));
                var gone = new Told<>(rows.gone(channel, period));
                var comparable = new Told<>(rows.comparable(channel, period));
                var before = new Told<>(rows.before(channel, period))) {
            taken.forEachOrdered(one -> {
                var events = new ArrayList<Event>();
                opened.takeOf(one.id(), events);
                stops.takeOf(one.id(), events);
                var facts = new ArrayList<ItemFact>();
                decided.takeOf(one.id(), facts);
                gone.takeOf(one.id(), facts);
                comparable.takeOf(one.id(), facts);
                before.takeOf(one.id(), facts);
                tally.add(course(one, rules, events, facts));
            });
        }
    }

    private static Course course(
            NoticeRows.Taken one, Rules rules, List<Event> events, List<ItemFact> facts) {
        return new Course(
                one.kind(),
                one.urgency(),
                one.category(),
                one.items(),
                one.sentAt(),
                one.receivedAt(),
                new Course.Handling.TakenUp(
                        rules.of(one),
                        one.confirmedAt().map(at -> new Course.Confirmed(rules.confirmed(one), at)),
                        events,
                        facts));
    }

    /** What one read tells of each notice, taken as far as that notice goes. */
    private static final class Told<T> implements AutoCloseable {
        private final Stream<NoticeRows.Said<T>> all;
        private final Iterator<NoticeRows.Said<T>> left;
        private NoticeRows.@Nullable Said<T> next;

        Told(Stream<NoticeRows.Said<T>> all) {
            this.all = all;
            this.left = all.iterator();
            this.next = left.hasNext() ? left.next() : null;
        }

        void takeOf(UUID notice, List<? super T> told) {
            while (next != null && next.of().equals(notice)) {
                told.add(next.fact());
                next = left.hasNext() ? left.next() : null;
            }
        }

        @Override
        public void close() {
            all.close();
        }
    }

    /** The rules of the versions that notices cite; many cite the same. */
    private final class Rules {
        private final Channel channel;
        private final Map<Hash, Agreement> versions = new HashMap<>();

        Rules(Channel channel) {
            this.channel = channel;
        }

        private Agreement version(Hash digest) {
            return versions.computeIfAbsent(digest, one -> agreements.of(channel, one).agreement());
        }

        ClockRule of(NoticeRows.Taken one) {
            return ClockRule.forNotice(
                    version(one.agreement()), one.category(), one.kind(), one.urgency());
        }

        ClockRule confirmed(NoticeRows.Taken one) {
            return ClockRule.forEmergency(version(one.agreement()), one.category());
        }
    }

    /**
     * In which days begin: of the version in force; where none is, of the one that the newest
     * notice cites; where there is none either, UTC.
     */
    ZoneId zone(Channel channel) {
        return agreements
                .with(channel.peer())
                .or(() -> cited(channel).map(digest -> agreements.of(channel, digest)))
                .map(signed -> signed.agreement().calendar().zone())
                .orElse(UTC);
    }

    private Optional<Hash> cited(Channel channel) {
        return jdbc.sql(
                        """
                        select agreement from %s
                        where channel = :channel and received_at is not null and message is not null and agreement is not null
                        order by received_at desc, message desc limit 1
                        """
                                .formatted(authority ? "notices" : "cases"))
                .param("channel", channel.id())
                .query((ResultSet row, int _) -> Hash.of(row.getBytes("agreement")))
                .optional();
    }

    /**
     * Notices that this node sent in the period and that have no receipt yet: they are in no card,
     * for only the sender knows of them.
     */
    long withoutReceipt(Channel channel, Period period) {
        return jdbc.sql(
                        """
                        select count(*) from notices join messages on messages.id = notices.message
                        where notices.channel = :channel and received_at is null and sent_at >= :from and sent_at < :to
                        """)
                .param("channel", channel.id())
                .param("from", at(period.begin()))
                .param("to", at(period.end()))
                .query(Long.class)
                .single();
    }
}
