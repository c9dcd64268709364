package org.jalur.node.appeals;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What passing time does to appeals: reviewers are told whose time runs out, and what was written
 * is destroyed when it is not needed any more.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class AppealReminders {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final Notifications notifications;
    private final Clock clock;

    AppealReminders(JdbcClient jdbc, DraftKeys keys, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 5_000)
    @Transactional
    public void remindOfAppeals() {
        tell(
                Kind.APPEAL_DUE_SOON,
                """
                due_at > :now and due_at <= :now::timestamptz + interval '1 day'
                    and due_at - (due_at - filed_at) / 4 <= :now
                """);
        tell(
                Kind.APPEAL_OVERDUE,
                "due_at <= :now and due_at > :now::timestamptz - interval '7 days'");
    }

    private void tell(Kind kind, String condition) {
        jdbc.sql(
                        """
                        select id, reference, due_at from appeals
                        where outcome is null and %s
                            and not exists (select 1 from told where told.kind = :told
                                and subject = appeals.id::text and occasion = due_at)
                        order by due_at, id limit :most
                        """
                                .formatted(condition))
                .param("now", AppealRows.at(clock.instant()))
                .param("told", kind.wire())
                .param("most", AT_ONCE)
                .query((row, _) -> {
                    var due = row.getObject("due_at", OffsetDateTime.class).toInstant();
                    return Event.of(
                                    kind,
                                    row.getObject("id", UUID.class),
                                    due,
                                    row.getString("reference"))
                            .due(due);
                })
                .list()
                .forEach(notifications::tell);
    }

    @Scheduled(fixedDelay = 60_000)
    @Transactional
    public void eraseAppeals() {
        List<UUID> due =
                jdbc.sql(
                                """
                                update appeals set erase_at = null, sealed = null where id in (
                                    select id from appeals where erase_at <= :now
                                    order by erase_at limit :most for no key update skip locked)
                                returning id
                                """)
                        .param("now", AppealRows.at(clock.instant()))
                        .param("most", AT_ONCE)
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list();
        due.forEach(keys::destroy);
    }
}
