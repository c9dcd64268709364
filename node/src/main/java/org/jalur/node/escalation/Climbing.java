package org.jalur.node.escalation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.Plan;
import org.jalur.agreement.ladder.Standing;
import org.jalur.agreement.ladder.StepState;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.DueTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Climbs the ladders of this side: announces steps and takes those that need nobody, each by a
 * message in the transaction that holds the ladder's row.
 */
@Component
class Climbing implements DueTimer.Looking<Ladders.Due> {
    private static final Logger log = LoggerFactory.getLogger(Climbing.class);

    private final Ladders ladders;
    private final Histories histories;
    private final StepMessages messages;
    private final WitnessProofs proofs;
    private final Notifications notifications;
    private final Duration again;
    private final Clock clock;

    Climbing(
            Ladders ladders,
            Histories histories,
            StepMessages messages,
            WitnessProofs proofs,
            Notifications notifications,
            EscalationSettings settings,
            Clock clock) {
        this.ladders = ladders;
        this.histories = histories;
        this.messages = messages;
        this.proofs = proofs;
        this.notifications = notifications;
        this.again = settings.again();
        this.clock = clock;
    }

    @Override
    public void takeUp() {
        int taken = histories.takeUp();
        if (taken > 0) {
            log.info("{} open ladders have their rows now", taken);
        }
    }

    @Override
    public Consumer<Ladders.Due> at(List<Ladders.Due> due) {
        Map<Silence, List<SubjectKey>> keys =
                due.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Ladders.Due::about,
                                        Collectors.mapping(Ladders.Due::key, Collectors.toList())));
        Map<Silence, Map<SubjectKey, Histories.History>> known = new EnumMap<>(Silence.class);
        // Read with the first of each kind: what cannot be read holds up no other kind.
        return one ->
                look(
                        one,
                        Optional.ofNullable(
                                known.computeIfAbsent(
                                                one.about(),
                                                about ->
                                                        read(
                                                                about,
                                                                keys.getOrDefault(
                                                                        about, List.of())))
                                        .get(one.key())));
    }

    private Map<SubjectKey, Histories.History> read(Silence about, List<SubjectKey> keys) {
        return histories.of(about, keys).stream()
                .collect(Collectors.toMap(Histories.History::key, one -> one));
    }

    @Override
    public void failed(Ladders.Due due) {
        ladders.failed(due);
    }

    private void look(Ladders.Due due, Optional<Histories.History> history) {
        Instant now = clock.instant();
        Optional<Plan> plan = history.flatMap(one -> one.plan(now));
        history.ifPresent(one -> tellOfCall(one, now));
        if (plan.isEmpty() || plan.get().over()) {
            ladders.close(due);
            return;
        }
        Optional<Instant> proof =
                plan.get().prove() ? prove(due, history.orElseThrow()) : Optional.empty();
        Optional<Instant> act =
                plan.get().act().flatMap(one -> act(due, history.orElseThrow(), one, now));
        Optional<Instant> unreceived =
                history.orElseThrow().isReceived()
                        ? Optional.empty()
                        : Optional.of(now.plus(again));
        ladders.lookAt(
                due,
                Stream.of(plan.get().lookAt(), proof, act, unreceived)
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo));
    }

    /** A call is for people: they are told once it is due, until it is made or stopped. */
    private void tellOfCall(Histories.History history, Instant now) {
        Optional<Instant> since =
                history.standing(now)
                        .filter(standing -> standing.answered().isEmpty())
                        .flatMap(Standing::current)
                        .filter(rung -> LadderMessages.isCall(rung.step()))
                        .flatMap(rung ->
                                rung.state() instanceof StepState.Due(var at)
                                        ? Optional.of(at)
                                        : Optional.empty());
        Kind kind = history.source().call();
        String place = history.source().place(history.subject());
        if (since.isEmpty()) {
            notifications.settled(place, kind);
            return;
        }
        notifications.tell(Event.of(kind, place, since.get(), history.subject().reference()));
    }

    /** Once a witness has signed, the other side is shown it. */
    private Optional<Instant> prove(Ladders.Due due, Histories.History history) {
        if (history.acts().stream().anyMatch(act -> act.kind() == Said.Kind.COSIGNED)) {
            return Optional.empty();
        }
        Optional<WitnessProofs.Seen> seen = proofs.of(history.subject().message());
        if (seen.isEmpty()) {
            return Optional.of(clock.instant().plus(again));
        }
        String step =
                history.standing(clock.instant())
                        .flatMap(one -> one.current())
                        .orElseThrow()
                        .step()
                        .name();
        messages.send(
                history,
                new Said.Act(
                        due.about(), due.subject(), step, Said.Kind.COSIGNED, Optional.empty()),
                Optional.of(seen.get().proof()),
                Optional.of(seen.get().at()));
        return Optional.empty();
    }

    /** When to look again whether it counts; empty: its receipt says so. */
    private Optional<Instant> act(
            Ladders.Due due, Histories.History history, Plan.Act act, Instant now) {
        return switch (act) {
            case Plan.Act.Announce(var step) ->
                    once(due, history, step.name(), Said.Kind.ANNOUNCED, Instant.MIN, now);
            case Plan.Act.Take(var step, var since) ->
                    once(due, history, step.name(), Said.Kind.TAKEN, since, now);
        };
    }

    /**
     * Says it unless it was said already and will count yet.
     *
     * @param since earlier than that by the receiver's clock it was in vain
     */
    private Optional<Instant> once(
            Ladders.Due due,
            Histories.History history,
            String step,
            Said.Kind kind,
            Instant since,
            Instant now) {
        Optional<LadderActs.Row> last =
                history.acts().stream()
                        .filter(act -> act.kind() == kind && act.step().equals(step))
                        .reduce((_, later) -> later);
        if (last.isPresent()) {
            LadderActs.Row said = last.get();
            if (said.refused()) {
                return Optional.empty();
            }
            if (said.at().isEmpty()) {
                return Optional.of(now.plus(again));
            }
            if (said.at().get().isAfter(now)) {
                return said.at();
            }
            // The receiver's clock is behind by this much, and will be a second time.
            Instant next =
                    said.recordedAt().plus(Duration.between(said.at().get(), since).plusSeconds(1));
            if (said.at().get().isBefore(since) && next.isAfter(now)) {
                return Optional.of(next);
            }
        }
        messages.send(
                history,
                new Said.Act(due.about(), due.subject(), step, kind, Optional.empty()),
                Optional.empty(),
                Optional.empty());
        return Optional.of(now.plus(again));
    }
}
