package org.jalur.node.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.notifications.Wording.Told;
import org.jalur.node.pages.AlertCount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person was told, on their pages. */
@Component
class Alerts implements AlertCount {
    private static final int SHOWN = 100;
    private static final Duration KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final Clock clock;

    Alerts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param open whether it still needs somebody, and this person has not looked
     */
    record Alert(UUID event, Told told, boolean open, boolean settled) {
        static Alert from(ResultSet row, int number) throws SQLException {
            boolean settled = row.getObject("settled_at") != null;
            return new Alert(
                    row.getObject("event", UUID.class),
                    Told.from(row),
                    !settled && row.getObject("seen_at") == null,
                    settled);
        }
    }

    @Override
    public int unseen(UUID account) {
        return jdbc.sql(
                        """
                        select count(*) from (
                            select 1 from notification_alerts join notification_events on id = event
                            where account = :account and seen_at is null and settled_at is null
                            limit :most) as counted
                        """)
                .param("account", account)
                .param("most", MOST + 1)
                .query(Integer.class)
                .single();
    }

    /** What is still open first, then the newest. */
    List<Alert> of(UUID account) {
        return jdbc.sql(
                        """
                        select event, kind, subject, reference, due_at, number, emergency,
                            notification_events.told_at as event_told_at, seen_at, settled_at
                        from notification_alerts alerts join notification_events on id = event
                        where account = :account
                        order by seen_at is null and settled_at is null desc, alerts.told_at desc, event limit :most
                        """)
                .param("account", account)
                .param("most", SHOWN)
                .query(Alert::from)
                .list();
    }

    /**
     * The person has looked: nobody else need be called.
     *
     * @return the page that it is about; empty if this person was never told
     */
    @Transactional
    public Optional<String> seen(UUID account, UUID event) {
        Optional<String> page =
                jdbc.sql(
                                """
                                update notification_alerts set seen_at = coalesce(seen_at, :now)
                                from notification_events where id = event and event = :event and account = :account
                                returning kind, subject
                                """)
                        .param("now", now())
                        .param("event", event)
                        .param("account", account)
                        .query((row, _) ->
                                Kind.of(row.getString("kind"))
                                        .orElseThrow()
                                        .path(row.getString("subject")))
                        .optional();
        if (page.isPresent()) {
            jdbc.sql("delete from notification_calls where event = :event")
                    .param("event", event)
                    .update();
        }
        return page;
    }

    @Transactional
    public void allSeen(UUID account) {
        jdbc.sql(
                        """
                        with seen as (
                            update notification_alerts set seen_at = :now
                            where account = :account and seen_at is null returning event)
                        delete from notification_calls where event in (select event from seen)
                        """)
                .param("now", now())
                .param("account", account)
                .update();
    }

    /** Old news goes, with what was delivered of it; what is about to be sent stays. */
    @Scheduled(fixedDelay = 3_600_000)
    void forgetOldNews() {
        jdbc.sql(
                        """
                        delete from notification_events where told_at < :limit and not exists (
                            select 1 from notification_deliveries where event = notification_events.id
                                and state = 'waiting')
                        """)
                .param("limit", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from notification_trials where at < :limit")
                .param("limit", clock.instant().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
