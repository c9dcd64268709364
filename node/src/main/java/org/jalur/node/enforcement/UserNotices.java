package org.jalur.node.enforcement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sees to it that an affected user is told in the agreed time from the measure on: what the
 * platform did not deliver it is asked for again, and people are told when the time is over.
 */
@Component
class UserNotices {
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Agreements agreements;
    private final Notifications notifications;
    private final Clock clock;

    UserNotices(JdbcClient jdbc, Agreements agreements, Notifications notifications, Clock clock) {
        this.jdbc = jdbc;
        this.agreements = agreements;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * @param possible whether the platform may deliver it yet
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void notTold(Actions.Due due, boolean possible) {
        Instant now = clock.instant();
        Instant until =
                due.tellUntil()
                        .orElseGet(() ->
                                now.plus(
                                        agreements
                                                .of(due.channel(), due.agreement())
                                                .agreement()
                                                .userNotice()
                                                .within()));
        if (possible && now.isBefore(until)) {
            again(due, now, until);
        } else {
            giveUp(due, until);
        }
    }

    /** At the end of the time once more, however short it is. */
    private void again(Actions.Due due, Instant now, Instant until) {
        Instant next = now.plus(PAUSE).isBefore(until) ? now.plus(PAUSE) : until;
        jdbc.sql(
                        """
                        insert into actions (id, case_id, no, action, tell, interim, appeal, tell_until, next_attempt_at, recorded_at)
                        values (gen_random_uuid(), :case, :no, 'tell', true, :interim, :appeal, :until, :next, :now)
                        """)
                .param("case", due.caseId())
                .param("no", due.no())
                .param("interim", due.interim())
                .param("appeal", due.appealed().map(Actions.Appealed::appeal).orElse(null))
                .param("until", Enforcement.at(until))
                .param("next", Enforcement.at(next))
                .param("now", Enforcement.at(now))
                .update();
    }

    private void giveUp(Actions.Due due, Instant until) {
        String reference =
                jdbc.sql("select reference from cases where id = :id")
                        .param("id", due.caseId())
                        .query(String.class)
                        .single();
        notifications.tell(
                Event.of(Kind.USER_NOT_TOLD, due.caseId(), until, reference).counting(due.no()));
    }
}
