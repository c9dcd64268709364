package org.jalur.node.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jalur.node.notifications.Addresses.Address;
import org.jalur.node.notifications.Readers.Reader;
import org.jalur.node.notifications.Wording.Told;
import org.jalur.node.notifications.carriers.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Every delivery: what waits, what failed and why, what was sent. */
@Component
class NotificationOutbox {
    /** A kill in the middle lets another process try after so long. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** What could not be sent for so long fails. */
    private static final Duration WORTH_IT = Duration.ofDays(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int SHOWN = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    NotificationOutbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A delivery that this process has for a while.
     *
     * @param leaseUntil names the lease: who lost it changes nothing any more
     * @param wanted whether there is still somebody to tell
     */
    record Leased(
            UUID id,
            Told told,
            Address address,
            Reader reader,
            int attempts,
            Instant leaseUntil,
            boolean wanted) {
        static Leased from(ResultSet row, int number) throws SQLException {
            return new Leased(
                    row.getObject("delivery", UUID.class),
                    Told.from(row),
                    Address.from(row, number),
                    Reader.from(row),
                    row.getInt("attempts"),
                    row.getObject("lease_until", OffsetDateTime.class).toInstant(),
                    row.getObject("settled_at") == null
                            && row.getObject("disabled_at") == null
                            && row.getObject("removed_at") == null);
        }
    }

    /** The delivery of a channel that is due first and that nobody has. */
    Optional<Leased> lease(Channel channel) {
        return jdbc.sql(
                        """
                        with leased as (
                            update notification_deliveries set lease_until = :until, attempts = attempts + 1
                            where id = (
                                select id from notification_deliveries
                                where channel = :channel and state = 'waiting' and next_attempt_at <= :now
                                    and (lease_until is null or lease_until < :now)
                                order by next_attempt_at limit 1 for update skip locked)
                            returning id as delivery, event, address as to_address, attempts, lease_until)
                        select leased.*, kind, subject, reference, due_at, number, emergency,
                            notification_events.told_at as event_told_at, settled_at,
                            addresses.*, language, zone, quiet_from, quiet_until, disabled_at
                        from leased join notification_events on notification_events.id = event
                        join notification_addresses addresses on addresses.id = to_address
                        join accounts on accounts.id = addresses.account
                        left join notification_readers on notification_readers.account = addresses.account
                        """)
                .param("channel", channel.wire())
                .param("now", now())
                .param("until", clock.instant().plus(LEASE).atOffset(ZoneOffset.UTC))
                .query(Leased::from)
                .optional();
    }

    void sent(Leased one) {
        end(one, "sent", "", null);
    }

    void failed(Leased one, String reason) {
        end(one, "failed", reason, null);
    }

    void needless(Leased one) {
        end(one, "needless", "", null);
    }

    /** Not before then; it was no try. */
    void postpone(Leased one, Instant until) {
        jdbc.sql(
                        """
                        update notification_deliveries set lease_until = null, attempts = attempts - 1,
                            next_attempt_at = :next
                        where id = :id and lease_until = :lease
                        """)
                .param("next", until.atOffset(ZoneOffset.UTC))
                .param("id", one.id())
                .param("lease", one.leaseUntil().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Again after a pause that doubles, with jitter, so that many do not come at once.
     *
     * @param least what the other side asked for
     */
    void again(Leased one, Duration least, String reason) {
        Instant now = clock.instant();
        if (one.told().at().plus(WORTH_IT).isBefore(now)) {
            failed(one, reason);
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(one.attempts() - 1, 10));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        pause =
                pause.plusMillis(
                        ThreadLocalRandom.current().nextLong(Math.max(1, pause.toMillis() / 4)));
        end(one, "waiting", reason, now.plus(pause.compareTo(least) < 0 ? least : pause));
    }

    private void end(Leased one, String state, String reason, @Nullable Instant next) {
        jdbc.sql(
                        """
                        update notification_deliveries set state = :state, reason = :reason, lease_until = null,
                            next_attempt_at = coalesce(:next, next_attempt_at), changed_at = :now
                        where id = :id and lease_until = :lease
                        """)
                .param("state", state)
                .param("reason", reason)
                .param("next", next == null ? null : next.atOffset(ZoneOffset.UTC))
                .param("now", now())
                .param("id", one.id())
                .param("lease", one.leaseUntil().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Where a delivery stands. */
    enum State {
        WAITING,
        FAILED,
        SENT,
        GIVEN_UP,
        NEEDLESS;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A delivery as an admin sees it: never the address.
     *
     * @param next when it is tried again, of what waits
     */
    record Row(
            UUID id,
            Told told,
            String account,
            String channel,
            String state,
            int attempts,
            String reason,
            Optional<Instant> next,
            Instant changedAt) {
        static Row from(ResultSet row, int number) throws SQLException {
            String state = row.getString("state");
            return new Row(
                    row.getObject("id", UUID.class),
                    Told.from(row),
                    row.getString("name"),
                    row.getString("channel"),
                    state,
                    row.getInt("attempts"),
                    row.getString("reason"),
                    Optional.of(row.getObject("next_attempt_at", OffsetDateTime.class).toInstant())
                            .filter(_ -> state.equals("waiting")),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }
    }

    /** The newest of a state. */
    List<Row> rows(State state) {
        return jdbc.sql(
                        """
                        select deliveries.*, name, kind, subject, reference, due_at, number, emergency,
                            notification_events.told_at as event_told_at
                        from notification_deliveries deliveries
                        join notification_events on notification_events.id = event
                        join notification_addresses addresses on addresses.id = deliveries.address
                        join accounts on accounts.id = addresses.account
                        where deliveries.state = :state
                        order by deliveries.changed_at desc, deliveries.id desc limit :most
                        """)
                .param("state", state.wire())
                .param("most", SHOWN)
                .query(Row::from)
                .list();
    }

    long count(State state) {
        return jdbc.sql("select count(*) from notification_deliveries where state = :state")
                .param("state", state.wire())
                .query(Long.class)
                .single();
    }

    /** Whether it waited or had failed. */
    boolean retry(UUID id) {
        return jdbc.sql(
                                """
                                update notification_deliveries set state = 'waiting', next_attempt_at = :now,
                                    changed_at = :now
                                where id = :id and state in ('waiting', 'failed')
                                """)
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Whether it waited or had failed; a try that is under way may still arrive. */
    @Transactional
    public boolean giveUp(UUID id, String reason) {
        return jdbc.sql(
                                """
                                update notification_deliveries set state = 'given-up', reason = :reason,
                                    lease_until = null, changed_at = :now
                                where id = :id and state in ('waiting', 'failed')
                                """)
                        .param("reason", reason)
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
