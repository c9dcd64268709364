package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.SecondReview;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Outcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which decisions wait for a second reviewer, and what that one says about them; never the one who
 * wanted them.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class SecondReviews {
    private static final int LONGEST_REASON = 2_000;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Agreements agreements;
    private final OpenItems open;
    private final Unconfirmed unconfirmed;
    private final DecidedCases decided;
    private final DespiteNotes despiteNotes;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    SecondReviews(
            JdbcClient jdbc,
            Channels channels,
            Agreements agreements,
            OpenItems open,
            Unconfirmed unconfirmed,
            DecidedCases decided,
            DespiteNotes despiteNotes,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.agreements = agreements;
        this.open = open;
        this.unconfirmed = unconfirmed;
        this.decided = decided;
        this.despiteNotes = despiteNotes;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Those of these decisions that the agreement wants confirmed which the notice cites. */
    Map<Integer, DecisionForm.Group> needing(
            UUID id, LockedCase one, Map<Integer, DecisionForm.Group> chosen) {
        SecondReview terms = terms(one);
        Map<Integer, DecisionForm.Group> needing = new LinkedHashMap<>();
        open.of(id)
                .forEach((no, kind) -> {
                    DecisionForm.Group group = chosen.get(no);
                    if (group != null
                            && terms.needed(one.category(), one.kind(), kind, group.outcome())) {
                        needing.put(no, group);
                    }
                });
        return needing;
    }

    /** Of open items, how many such a decision leaves to a second reviewer. */
    int waits(UUID id, Optional<List<Integer>> items, Outcome outcome) {
        LockedCase one = LockedCase.read(jdbc, id);
        SecondReview terms = terms(one);
        return (int)
                open.of(id).entrySet().stream()
                        .filter(item ->
                                items.map(some -> some.contains(item.getKey())).orElse(true))
                        .filter(item ->
                                terms.needed(one.category(), one.kind(), item.getValue(), outcome))
                        .count();
    }

    /** Whether any decision about an item that is open could have to wait. */
    boolean couldWait(UUID id) {
        LockedCase one = LockedCase.read(jdbc, id);
        SecondReview terms = terms(one);
        return open.of(id).values().stream()
                .anyMatch(kind ->
                        Arrays.stream(Outcome.values())
                                .anyMatch(outcome ->
                                        terms.needed(one.category(), one.kind(), kind, outcome)));
    }

    private SecondReview terms(LockedCase one) {
        return agreements
                .of(channels.byId(one.channel()), one.agreement())
                .agreement()
                .secondReview();
    }

    /**
     * They wait from here on. What is checked now is not refused when they are confirmed, unless a
     * note has come in between.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void ask(
            UUID id, Map<Integer, DecisionForm.Group> waiting, Caller reviewer, Instant now) {
        despiteNotes.of(id, waiting);
        Map<DecisionForm.Group, List<Integer>> byGroup = new LinkedHashMap<>();
        waiting.forEach((no, group) -> {
            DecidedCases.made(no, group, reviewer, Optional.empty(), now);
            byGroup.computeIfAbsent(group.about(List.of()), _ -> new ArrayList<>()).add(no);
        });
        unconfirmed.add(
                id,
                waiting.keySet(),
                byGroup.entrySet().stream()
                        .map(entry -> entry.getKey().about(entry.getValue()))
                        .toList(),
                reviewer,
                now);
        timeline.add(id, "wanted", reviewer.role().wire(), "%d items".formatted(waiting.size()));
        notifications.settled(id, Kind.SENT_BACK);
        notifications.tell(Event.of(Kind.CONFIRMATION, id, now, reference(id)));
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
        decided.carryOut(
                List.of(new DecidedCases.Decision(id, one, chosen)),
                waiting.reviewer(),
                Optional.of(second),
                now);
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
