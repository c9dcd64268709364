package org.jalur.node.oncall;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * People who take turns, a week each. Weeks begin at the same local time, whatever the clocks of
 * the zone do in between.
 *
 * @param starts the first member's first week begins on this day or the next {@code day} after it
 * @param members in the order of their turns; none: nobody is on call, whoever stands in
 */
record Rotation(ZoneId zone, DayOfWeek day, LocalTime time, LocalDate starts, List<UUID> members) {
    Rotation {
        members = List.copyOf(members);
    }

    /** Somebody else for a while. */
    record StandIn(UUID account, Instant from, Instant until) {
        boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /**
     * @param deputy who is told when the person does not react
     * @param until when the turn or the stand-in ends, whichever comes first
     */
    record Duty(UUID person, Optional<UUID> deputy, Instant until, boolean standsIn) {}

    /**
     * @param standIns the newest first
     * @param present who can be told at all; the turn of anybody else falls to the next
     */
    Optional<Duty> at(Instant at, List<StandIn> standIns, Set<UUID> present) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Optional<StandIn> standIn =
                standIns.stream()
                        .filter(one -> one.covers(at) && present.contains(one.account()))
                        .findFirst();
        List<UUID> turn = turn(at).filter(present::contains).toList();
        return standIn.map(StandIn::account)
                .or(() -> turn.stream().findFirst())
                .map(person ->
                        new Duty(
                                person,
                                turn.stream().filter(one -> !one.equals(person)).findFirst(),
                                standIn.map(StandIn::until)
                                        .filter(handover(at)::isAfter)
                                        .orElseGet(() -> handover(at)),
                                standIn.isPresent()));
    }

    /** All members, whose turn it is first. */
    private Stream<UUID> turn(Instant at) {
        int first = Math.floorMod(week(at), members.size());
        return IntStream.range(0, members.size())
                .mapToObj(i -> members.get((first + i) % members.size()));
    }

    /** When the next week begins. */
    Instant handover(Instant at) {
        return start().plusWeeks(week(at) + 1).atZone(zone).toInstant();
    }

    private long week(Instant at) {
        LocalDateTime local = at.atZone(zone).toLocalDateTime();
        return Math.floorDiv(
                ChronoUnit.SECONDS.between(start(), local),
                ChronoUnit.WEEKS.getDuration().toSeconds());
    }

    private LocalDateTime start() {
        return starts.with(TemporalAdjusters.nextOrSame(day)).atTime(time);
    }
}
