package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells reviewers whose time runs out. A moment that was told of is not told of again. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseReminders {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Notifications notifications;
    private final Clock clock;

    CaseReminders(JdbcClient jdbc, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 5_000)
    @Transactional
    public void remind() {
        tell(
                Kind.CASE_DUE_SOON,
                """
                due_at > :now and due_at <= :now::timestamptz + interval '1 hour'
                    and due_at - (due_at - received_at) / 4 <= :now
                """);
        tell(
                Kind.CASE_OVERDUE,
                "due_at <= :now and due_at > :now::timestamptz - interval '7 days'");
    }

    private void tell(Kind kind, String condition) {
        jdbc.sql(
                        """
                        select id, reference, kind, due_at from cases
                        where state = 'open' and stopped_at is null and %s and not exists (
                            select 1 from told where told.kind = :told and subject = cases.id::text
                                and occasion = due_at)
                        order by due_at, id limit :most
                        """
                                .formatted(condition))
                .param("now", CaseMessages.at(clock.instant()))
                .param("told", kind.wire())
                .param("most", AT_ONCE)
                .query((row, _) -> {
                    Instant due = row.getObject("due_at", OffsetDateTime.class).toInstant();
                    return Event.of(
                                    kind,
                                    row.getObject("id", UUID.class),
                                    due,
                                    row.getString("reference"))
                            .due(due)
                            .asEmergency(row.getString("kind").equals("emergency"));
                })
                .list()
                .forEach(notifications::tell);
    }
}
