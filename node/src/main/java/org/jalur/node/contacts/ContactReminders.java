package org.jalur.node.contacts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells of drills that were left unanswered, and of emergencies that nobody has called about. */
@Component
class ContactReminders {
    private static final int AT_ONCE = 200;

    /** A call is made at once; whoever took the case has had so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Older ones were seen on their pages, or by an earlier version. */
    private static final Duration OLDEST = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Notifications notifications;
    private final Clock clock;

    ContactReminders(JdbcClient jdbc, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 10_000)
    @Transactional
    public void remindOfContacts() {
        Instant now = clock.instant();
        unanswered(now);
        uncalled(now);
    }

    private void unanswered(Instant now) {
        jdbc.sql(
                        """
                        select no, peer_party, answer_by, (select count(*) from drill_contacts
                                where drill = no and not exists (select 1 from drill_answers
                                    where drill_answers.drill = no and drill_answers.contact = drill_contacts.contact)) as silent
                        from drills join channels on channels.id = channel
                        where direction = 'out' and refusal_clause is null and answer_by <= :now and answer_by > :oldest
                            and exists (select 1 from drill_contacts
                                where drill = no and not exists (select 1 from drill_answers
                                    where drill_answers.drill = no and drill_answers.contact = drill_contacts.contact))
                            and not exists (select 1 from told
                                where told.kind = :kind and subject = no::text and occasion = answer_by)
                        order by no limit :most
                        """)
                .param("now", at(now))
                .param("oldest", at(now.minus(OLDEST)))
                .param("kind", Kind.DRILL_UNANSWERED.wire())
                .param("most", AT_ONCE)
                .query((row, _) ->
                        Event.of(
                                        Kind.DRILL_UNANSWERED,
                                        Long.toString(row.getLong("no")),
                                        row.getObject("answer_by", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getString("peer_party"))
                                .counting(row.getInt("silent")))
                .list()
                .forEach(notifications::tell);
    }

    /** Of this platform's cases: only a platform calls back. */
    private void uncalled(Instant now) {
        jdbc.sql(
                        """
                        select emergencies.subject, emergencies.claimed_at, reference, due_at
                        from emergencies join cases on cases.id = emergencies.subject
                        where emergencies.state = 'claimed' and cases.state in ('open', 'waiting')
                            and emergencies.claimed_at <= :late and emergencies.claimed_at > :oldest
                            and not exists (select 1 from call_backs where call_backs.subject = emergencies.subject)
                            and not exists (select 1 from told
                                where told.kind = :kind and told.subject = emergencies.subject::text and occasion = emergencies.claimed_at)
                        order by emergencies.claimed_at limit :most
                        """)
                .param("late", at(now.minus(PATIENCE)))
                .param("oldest", at(now.minus(OLDEST)))
                .param("kind", Kind.CALL_BACK_WAITING.wire())
                .param("most", AT_ONCE)
                .query((row, _) ->
                        Event.of(
                                        Kind.CALL_BACK_WAITING,
                                        row.getObject("subject", UUID.class),
                                        row.getObject("claimed_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getString("reference"))
                                .due(row.getObject("due_at", OffsetDateTime.class).toInstant())
                                .asEmergency(true))
                .list()
                .forEach(notifications::tell);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
