package org.jalur.node.objections;

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
 * What passing time does to objections: officers are told whose time runs out, and what was written
 * is destroyed when it is not needed any more.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ObjectionReminders {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final Notifications notifications;
    private final Clock clock;

    ObjectionReminders(JdbcClient jdbc, DraftKeys keys, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 5_000)
    @Transactional
    public void remind() {
        tell(
                Kind.OBJECTION_DUE_SOON,
                """
                answer_by > :now and answer_by <= :now::timestamptz + interval '4 hours'
                    and answer_by - (answer_by - filed_at) / 4 <= :now
                """);
        tell(
                Kind.OBJECTION_OVERDUE,
                "answer_by <= :now and answer_by > :now::timestamptz - interval '7 days'");
    }

    private void tell(Kind kind, String condition) {
        jdbc.sql(
                        """
                        select objections.id, objections.reference || ' · ' || orders.reference as reference, answer_by
                        from objections join access_orders orders on orders.id = objections.block
                        where %s
                            and not exists (select 1 from objection_answers where objection = objections.id)
                            and not exists (select 1 from told where told.kind = :told
                                and subject = objections.id::text and occasion = answer_by)
                        order by answer_by, objections.id limit :most
                        """
                                .formatted(condition))
                .param("now", Objections.at(clock.instant()))
                .param("told", kind.wire())
                .param("most", AT_ONCE)
                .query((row, _) -> {
                    var due = row.getObject("answer_by", OffsetDateTime.class).toInstant();
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
    public void erase() {
        List<UUID> due =
                jdbc.sql(
                                """
                                delete from objection_erasures where objection in (
                                    select objection from objection_erasures where due_at <= :now
                                    order by due_at limit :most for update skip locked)
                                returning objection
                                """)
                        .param("now", Objections.at(clock.instant()))
                        .param("most", AT_ONCE)
                        .query((row, _) -> row.getObject("objection", UUID.class))
                        .list();
        due.forEach(keys::destroy);
    }
}
