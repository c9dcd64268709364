package org.jalur.dns;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Serial;
import org.jalur.dns.SecondaryState.Fetched;
import org.jalur.dns.SecondaryState.Kind;
import org.jalur.dns.SecondaryState.Told;

/** What the primary has seen of each secondary since it was started. */
final class SecondaryStates {
    private final Clock clock;
    private final Map<Key, SecondaryState> states = new ConcurrentHashMap<>();

    SecondaryStates(Clock clock) {
        this.clock = clock;
    }

    private record Key(String secondary, DomainName zone) {}

    /** By secondary and zone; those that were never heard of as well. */
    List<SecondaryState> all(List<Secondary> secondaries, Collection<ServedZone> zones) {
        List<SecondaryState> all = new ArrayList<>();
        for (Secondary secondary : secondaries) {
            zones.stream()
                    .map(ServedZone::origin)
                    .filter(secondary.zones()::contains)
                    .sorted()
                    .map(zone -> state(secondary, zone))
                    .forEach(all::add);
        }
        return all;
    }

    private SecondaryState state(Secondary secondary, DomainName zone) {
        return states.getOrDefault(
                new Key(secondary.name(), zone), unheard(secondary.name(), zone));
    }

    private static SecondaryState unheard(String secondary, DomainName zone) {
        return new SecondaryState(
                secondary, zone, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** It asked something. */
    void asked(Secondary secondary, ServedZone zone) {
        change(secondary, zone.origin(), state -> seen(state, state.has(), state.fetched()));
    }

    /** It asked, and said which version it has. */
    void has(Secondary secondary, ServedZone zone, Serial theirs) {
        change(
                secondary,
                zone.origin(),
                state -> seen(state, Optional.of(theirs), state.fetched()));
    }

    /** Something was sent to its end. */
    void sent(Secondary secondary, ServedZone zone, Kind kind) {
        change(
                secondary,
                zone.origin(),
                state ->
                        kind == Kind.UP_TO_DATE
                                ? seen(state, state.has(), state.fetched())
                                : seen(
                                        state,
                                        Optional.of(zone.serial()),
                                        Optional.of(
                                                new Fetched(
                                                        kind, zone.serial(), clock.instant()))));
    }

    /** Whether it has a version, or a later one. */
    boolean follows(Secondary secondary, DomainName zone, Serial serial) {
        return state(secondary, zone)
                .has()
                .filter(has -> has.equals(serial) || has.isAfter(serial))
                .isPresent();
    }

    /** What became of a NOTIFY; only the newest of each address is kept. */
    void told(Secondary secondary, DomainName zone, Told told) {
        change(
                secondary,
                zone,
                state -> {
                    List<Told> others = new ArrayList<>(state.told());
                    others.removeIf(other -> other.at().equals(told.at()));
                    others.add(told);
                    return new SecondaryState(
                            state.secondary(),
                            state.zone(),
                            state.has(),
                            state.askedAt(),
                            state.fetched(),
                            others);
                });
    }

    Optional<Told> told(Secondary secondary, DomainName zone, InetSocketAddress at) {
        return state(secondary, zone).told().stream()
                .filter(told -> told.at().equals(at))
                .findFirst();
    }

    private SecondaryState seen(
            SecondaryState state, Optional<Serial> has, Optional<Fetched> fetched) {
        Optional<Instant> now = Optional.of(clock.instant());
        return new SecondaryState(state.secondary(), state.zone(), has, now, fetched, state.told());
    }

    private void change(
            Secondary secondary, DomainName zone, UnaryOperator<SecondaryState> change) {
        states.compute(
                new Key(secondary.name(), zone),
                (key, state) ->
                        change.apply(state == null ? unheard(key.secondary(), zone) : state));
    }
}
