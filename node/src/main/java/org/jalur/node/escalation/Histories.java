package org.jalur.node.escalation;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.Clock;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.clock.Reading;
import org.jalur.agreement.ladder.Climb;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.agreement.ladder.Plan;
import org.jalur.agreement.ladder.Standing;
import org.jalur.node.escalation.LadderSubjects.Subject;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.springframework.stereotype.Component;

/** All that ladders go by: what they are about, and what either side did on them. */
@Component
class Histories {
    private final Map<Silence, LadderSubjects> sources = new EnumMap<>(Silence.class);
    private final LadderActs acts;

    Histories(List<LadderSubjects> sources, LadderActs acts) {
        sources.forEach(one -> this.sources.put(one.about(), one));
        this.acts = acts;
    }

    /**
     * @param source of what it is about
     * @param ladder empty if the version has none for this silence
     */
    record History(
            LadderSubjects source,
            Subject subject,
            Optional<Ladder> ladder,
            List<LadderActs.Row> acts) {
        History {
            acts = List.copyOf(acts);
        }

        Silence about() {
            return source.about();
        }

        SubjectKey key() {
            return subject.key();
        }

        /** When it was received; empty before that. */
        Optional<Instant> since(Instant now) {
            return subject.events().stream()
                    .filter(Event.Received.class::isInstance)
                    .map(Event::at)
                    .filter(at -> !at.isAfter(now))
                    .min(Instant::compareTo);
        }

        /** By when an answer is in time, or was. */
        Optional<Instant> dueAt(Instant now) {
            return switch (clock(now)) {
                case Reading.NotStarted _ -> Optional.empty();
                case Reading.Running(_, var due) -> Optional.of(due);
                case Reading.Standing standing -> standing.due();
                case Reading.Over over -> over.due();
            };
        }

        private Reading clock(Instant now) {
            return Clock.read(
                    subject.rule(),
                    subject.events().stream().filter(one -> !one.at().isAfter(now)).toList(),
                    now);
        }

        /** The same on both nodes, from the same messages. */
        Optional<Standing> standing(Instant now) {
            return ladder.map(
                    one -> Climb.of(one, subject.rule(), subject.events(), events(), now));
        }

        Optional<Plan> plan(Instant now) {
            return ladder.map(one -> Plan.of(one, subject.rule(), subject.events(), events(), now));
        }

        /** Of what was received just now; empty if nothing will ever come. */
        Optional<Instant> firstLook(Instant receivedAt) {
            return ladder.map(one ->
                    Plan.of(
                                    one,
                                    subject.rule(),
                                    List.of(new Event.Received(receivedAt)),
                                    List.of(),
                                    receivedAt)
                            .lookAt()
                            .orElse(receivedAt));
        }

        boolean isReceived() {
            return subject.events().stream().anyMatch(Event.Received.class::isInstance);
        }

        private List<LadderEvent> events() {
            return acts.stream().flatMap(act -> act.event().stream()).map(this::counted).toList();
        }

        /**
         * A witness that saw a message before anything was due has seen no silence yet: what it
         * proves begins when the lift was due.
         */
        private LadderEvent counted(LadderEvent event) {
            return switch (about()) {
                case NOTICE, APPEAL -> event;
                case LIFT ->
                        event instanceof LadderEvent.Cosigned(var seen)
                                ? subject.events().stream()
                                        .filter(Event.Received.class::isInstance)
                                        .map(Event::at)
                                        .filter(seen::isBefore)
                                        .findFirst()
                                        .<LadderEvent>map(LadderEvent.Cosigned::new)
                                        .orElse(event)
                                : event;
            };
        }
    }

    /** Empty where nothing of that id was sent, or taken up. */
    Optional<History> of(Silence about, SubjectKey key) {
        return of(about, Set.of(key)).stream().findFirst();
    }

    /** Of those that are known here. */
    List<History> of(Silence about, Collection<SubjectKey> keys) {
        return source(about).map(one -> of(one, keys)).orElse(List.of());
    }

    private List<History> of(LadderSubjects source, Collection<SubjectKey> keys) {
        List<Subject> subjects = keys.isEmpty() ? List.of() : source.of(new HashSet<>(keys));
        if (subjects.isEmpty()) {
            return List.of();
        }
        Set<Integer> channels =
                subjects.stream().map(one -> one.channel().id()).collect(Collectors.toSet());
        Map<SubjectKey, List<LadderActs.Row>> done =
                acts.of(channels, source.about(), subjects.stream().map(Subject::id).toList());
        return subjects.stream()
                .map(subject ->
                        new History(
                                source,
                                subject,
                                subject.terms().ladder(source.about()),
                                done.getOrDefault(subject.key(), List.of())))
                .toList();
    }

    /** Those that a page of this side shows. */
    List<History> on(Silence about, UUID page) {
        return source(about).map(one -> of(one, one.on(page))).orElse(List.of());
    }

    private Optional<LadderSubjects> source(Silence about) {
        return Optional.ofNullable(sources.get(about));
    }

    /** Whatever this side climbs and has no row gets one. */
    int takeUp() {
        return sources.values().stream().mapToInt(LadderSubjects::takeUp).sum();
    }
}
