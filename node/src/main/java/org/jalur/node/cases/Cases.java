package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What reviewers decide about the items of a case that they have claimed. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Cases {
    private final JdbcClient jdbc;
    private final OpenItems open;
    private final SecondReviews secondReviews;
    private final Unconfirmed unconfirmed;
    private final DecidedCases decided;
    private final DespiteNotes despiteNotes;
    private final Twins twins;
    private final TwinDecisions twinDecisions;
    private final Claims claims;
    private final Clock clock;

    Cases(
            JdbcClient jdbc,
            OpenItems open,
            SecondReviews secondReviews,
            Unconfirmed unconfirmed,
            DecidedCases decided,
            DespiteNotes despiteNotes,
            Twins twins,
            TwinDecisions twinDecisions,
            Claims claims,
            Clock clock) {
        this.jdbc = jdbc;
        this.open = open;
        this.secondReviews = secondReviews;
        this.unconfirmed = unconfirmed;
        this.decided = decided;
        this.despiteNotes = despiteNotes;
        this.twins = twins;
        this.twinDecisions = twinDecisions;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * Decides what one reviewer may decide alone, in this case and for the twins of its items; the
     * rest waits for a second one, each in its own case and as the version of the agreement says
     * that its notice cites. One transaction.
     */
    @Transactional
    public void decide(UUID id, DecisionForm form, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Set<UUID> locked = lockTwins(id, form);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.mustBeDecidable(id, reviewer, now);
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        unconfirmed.forgetSentBack(id);
        var decisions = new ArrayList<DecidedCases.Decision>();
        alone(id, one, chosen, reviewer, now).ifPresent(decisions::add);
        carried(id, chosen, locked, reviewer)
                .forEach((other, groups) -> {
                    LockedCase twin = LockedCase.lock(jdbc, other);
                    claims.open(other, !twin.acknowledged(), reviewer, now);
                    if (groups.keySet().containsAll(open.of(other).keySet())) {
                        // Nothing of it is left to be thought over.
                        unconfirmed.forgetSentBack(other);
                    }
                    alone(other, twin, groups, reviewer, now).ifPresent(decisions::add);
                });
        decided.carryOut(decisions, reviewer, Optional.empty(), now);
    }

    /** What needs no second reviewer; the rest waits from here on. */
    private Optional<DecidedCases.Decision> alone(
            UUID id,
            LockedCase one,
            Map<Integer, DecisionForm.Group> chosen,
            Caller reviewer,
            Instant now) {
        Map<Integer, DecisionForm.Group> waiting = secondReviews.needing(id, one, chosen);
        if (!waiting.isEmpty()) {
            secondReviews.ask(id, waiting, reviewer, now);
        }
        Map<Integer, DecisionForm.Group> rest = new LinkedHashMap<>(chosen);
        rest.keySet().removeAll(waiting.keySet());
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new DecidedCases.Decision(id, one, rest));
    }

    /** What is decided about twins, by case, in the order in which their rows were taken. */
    private Map<UUID, Map<Integer, DecisionForm.Group>> carried(
            UUID id, Map<Integer, DecisionForm.Group> chosen, Set<UUID> locked, Caller reviewer) {
        Map<UUID, Map<Integer, DecisionForm.Group>> carried = new TreeMap<>();
        if (locked.isEmpty()) {
            return carried;
        }
        for (TwinDecisions.Carried twin :
                twinDecisions.of(id, chosen, twins.undecided(id, chosen.keySet()), reviewer)) {
            twin.group()
                    .filter(_ -> locked.contains(twin.twin().id()))
                    // A twin is not taken away against a note that nobody explained anything to.
                    .filter(group ->
                            !despiteNotes.isMissing(
                                    twin.twin().id(), Map.of(twin.twin().other(), group)))
                    .ifPresent(group ->
                            carried.computeIfAbsent(twin.twin().id(), _ -> new TreeMap<>())
                                    .putIfAbsent(twin.twin().other(), group));
        }
        return carried;
    }

    /** All rows are taken in one order, so that two people with twins never wait for each other. */
    private Set<UUID> lockTwins(UUID id, DecisionForm form) {
        if (!form.withTwins()) {
            return Set.of();
        }
        Set<UUID> others =
                twins.undecided(id, open.of(id).keySet()).stream()
                        .map(Twins.Twin::id)
                        .collect(Collectors.toSet());
        List<UUID> all = new ArrayList<>(others);
        all.add(id);
        jdbc.sql("select id from cases where id = any(:ids) order by id for no key update")
                .param("ids", all.toArray(UUID[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        return others;
    }

    /** Whether a decision takes away what an authority asks to be left, and does not say why. */
    boolean needsExplanation(UUID id, DecisionForm form) {
        return despiteNotes.isMissing(id, choose(id, form));
    }

    /** What a decision would mean for the twins of its items, before it is made. */
    List<TwinDecisions.Carried> forTwins(UUID id, DecisionForm form, Caller reviewer) {
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        return twinDecisions.of(id, chosen, twins.undecided(id, chosen.keySet()), reviewer);
    }

    /** Row of the message that opened the case. */
    long message(UUID id) {
        return jdbc.sql("select message from cases where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    int channel(UUID id) {
        return jdbc.sql("select channel from cases where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private Map<Integer, DecisionForm.Group> choose(UUID id, DecisionForm form) {
        Map<Integer, ItemKind> undecided = open.of(id);
        Map<Integer, DecisionForm.Group> chosen = new LinkedHashMap<>();
        for (DecisionForm.Group group : form.decisions()) {
            for (Integer no : group.items().orElseGet(() -> List.copyOf(undecided.keySet()))) {
                if (!undecided.containsKey(no)) {
                    throw LockedCase.conflict(
                            "already-decided",
                            "Item %d of case %s is not there, is decided already, or waits for a second reviewer."
                                    .formatted(no, id));
                }
                if (chosen.put(no, group) != null) {
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "decided-twice",
                            "Item %d stands in two decisions; name it once.".formatted(no));
                }
            }
        }
        if (chosen.isEmpty()) {
            throw LockedCase.conflict("already-decided", "Case %s has no open item.".formatted(id));
        }
        return chosen;
    }
}
