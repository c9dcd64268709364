package org.jalur.node.notices;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells officers what passing time does to their notices: not delivered, not opened, due soon,
 * overdue. A moment that was told of is not told of again; one that moves is.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticeReminders {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Notifications notifications;
    private final Clock clock;

    NoticeReminders(JdbcClient jdbc, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 5_000)
    @Transactional
    public void remind() {
        tell(
                Kind.UNDELIVERED,
                "created_at",
                """
                state = 'sent' and received_at is null and id in (
                    select messages.about from outbox join channels on channels.id = outbox.channel
                        join messages on messages.id = outbox.message
                    where channels.failing_since < :now::timestamptz - interval '1 minute')
                """);
        tell(
                Kind.UNACKNOWLEDGED,
                "received_at",
                """
                state = 'sent' and acknowledged_at is null and stopped_at is null
                    and received_at + (due_at - received_at) / 4 <= :now
                """);
        tell(
                Kind.NOTICE_DUE_SOON,
                "due_at",
                """
                state = 'sent' and stopped_at is null and due_at > :now
                    and due_at <= :now::timestamptz + interval '1 hour'
                    and due_at - (due_at - received_at) / 4 <= :now
                """);
        tell(
                Kind.NOTICE_OVERDUE,
                "due_at",
                """
                state = 'sent' and stopped_at is null and due_at <= :now
                    and due_at > :now::timestamptz - interval '7 days'
                """);
    }

    private void tell(Kind kind, String occasion, String condition) {
        jdbc.sql(
                        """
                        select id, reference, kind, due_at, %s as occasion from notices
                        where %s and not exists (
                            select 1 from told where told.kind = :told and subject = notices.id::text
                                and told.occasion = notices.%s)
                        order by due_at, id limit :most
                        """
                                .formatted(occasion, condition, occasion))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("told", kind.wire())
                .param("most", AT_ONCE)
                .query((row, _) -> {
                    Event event =
                            Event.of(
                                            kind,
                                            row.getObject("id", UUID.class),
                                            row.getObject("occasion", OffsetDateTime.class)
                                                    .toInstant(),
                                            row.getString("reference"))
                                    .asEmergency(row.getString("kind").equals("emergency"));
                    return Optional.ofNullable(row.getObject("due_at", OffsetDateTime.class))
                            .map(due -> event.due(due.toInstant()))
                            .orElse(event);
                })
                .list()
                .forEach(notifications::tell);
    }
}
