package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a second reviewer says about a decision that waits; never the one who wanted it. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class SecondReviews {
    private static final int LONGEST_REASON = 2_000;

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Unconfirmed unconfirmed;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    SecondReviews(
            JdbcClient jdbc,
            Cases cases,
            Unconfirmed unconfirmed,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.unconfirmed = unconfirmed;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * From here on it is decided, and everything that follows from it follows.
     *
     * @throws ProblemException if it is one's own, or waits no more
     */
    @Transactional
    public void confirm(UUID id, UUID decision, Caller second) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        Unconfirmed.Waiting waiting = waiting(id, decision, second);
        Map<Integer, DecisionForm.Group> chosen = new LinkedHashMap<>();
        waiting.groups()
                .forEach(group -> group.items().orElseThrow().forEach(no -> chosen.put(no, group)));
        unconfirmed.remove(id, decision, now);
        timeline.add(id, "confirmed", second.role().wire(), "%d items".formatted(chosen.size()));
        settle(id);
        cases.carryOut(id, one, chosen, waiting.reviewer(), Optional.of(second), now);
    }

    /** The items are open again for whoever claims the case; the first reviewer is told. */
    @Transactional
    public void sendBack(UUID id, UUID decision, String reason, Caller second) {
        String said = reason.strip();
        if (said.isEmpty() || said.length() > LONGEST_REASON) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-send-back",
                    "reason has %d characters; say in 1 to %d what is to be thought over"
                            .formatted(said.length(), LONGEST_REASON),
                    LONGEST_REASON);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase.lock(jdbc, id);
        Unconfirmed.Waiting waiting = waiting(id, decision, second);
        unconfirmed.sendBack(id, decision, said, second, now);
        int items =
                waiting.groups().stream()
                        .mapToInt(group -> group.items().orElseThrow().size())
                        .sum();
        timeline.add(id, "returned", second.role().wire(), "%d items".formatted(items));
        settle(id);
        notifications.tell(
                Event.of(Kind.SENT_BACK, id, now, reference(id))
                        .onlyFor(Optional.of(waiting.account())));
    }

    private Unconfirmed.Waiting waiting(UUID id, UUID decision, Caller second) {
        Unconfirmed.Waiting waiting =
                unconfirmed
                        .waiting(id, decision)
                        .filter(one -> !one.sentBack())
                        .orElseThrow(() ->
                                LockedCase.conflict(
                                        "not-waiting",
                                        "Decision %s of case %s does not wait: it was confirmed or sent back."
                                                .formatted(decision, id)));
        if (waiting.account().equals(second.account())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-decision",
                    "You want decision %s yourself; another reviewer confirms it or sends it back."
                            .formatted(decision));
        }
        return waiting;
    }

    /** Another decision about the same case may still wait. */
    private void settle(UUID id) {
        boolean none =
                jdbc.sql("select not exists (select 1 from unconfirmed_items where case_id = :id)")
                        .param("id", id)
                        .query(Boolean.class)
                        .single();
        if (none) {
            notifications.settled(id, Kind.CONFIRMATION);
        }
    }

    private String reference(UUID id) {
        return jdbc.sql("select reference from cases where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }
}
