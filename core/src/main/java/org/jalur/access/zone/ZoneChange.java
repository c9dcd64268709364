package org.jalur.access.zone;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;

/**
 * What makes one version of a zone the next, as IXFR tells it.
 *
 * @param fromSerial of the old version
 * @param toSerial of the new version
 * @param from SOA of the old version
 * @param removed records, without the SOA
 * @param to SOA of the new version
 * @param added records, without the SOA
 */
public record ZoneChange(
        Serial fromSerial,
        Serial toSerial,
        ZoneRecord from,
        List<ZoneRecord> removed,
        ZoneRecord to,
        List<ZoneRecord> added) {
    public ZoneChange {
        if (!toSerial.isAfter(fromSerial)) {
            throw new InvalidAccessException("serial", AccessRule.SERIAL, toSerial, fromSerial);
        }
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /**
     * Compares two versions.
     *
     * @param most records that a change may have to be worth keeping
     * @return empty if it has more: secondaries take the whole zone then
     */
    public static Optional<ZoneChange> between(PolicyZone before, PolicyZone after, int most) {
        if (!before.settings().origin().equals(after.settings().origin())) {
            throw new InvalidAccessException(
                    "zone",
                    AccessRule.OTHER_ZONE,
                    after.settings().origin(),
                    before.settings().origin());
        }
        if (!before.settings().equals(after.settings())) {
            // Another TTL or canary changes every record.
            return Optional.empty();
        }
        List<ZoneRecord> removed = new ArrayList<>(List.of(before.version()));
        List<ZoneRecord> added = new ArrayList<>(List.of(after.version()));
        var difference =
                new NameDifference(
                        before.names(),
                        after.names(),
                        records(before, after.names(), removed, most),
                        records(after, before.names(), added, most));
        boolean few = difference.walk(() -> removed.size() + added.size() <= most);
        return few
                ? Optional.of(
                        new ZoneChange(
                                before.serial(),
                                after.serial(),
                                before.soa(),
                                removed,
                                after.soa(),
                                added))
                : Optional.empty();
    }

    /** A record that the other version has as well did not change. */
    private static Consumer<BlockedName> records(
            PolicyZone zone, NameTable other, List<ZoneRecord> into, int most) {
        return blocked -> {
            if (into.size() > most) {
                return;
            }
            var exactly = BlockedName.exactly(blocked.name());
            var below = BlockedName.withSubdomains(blocked.name());
            String name = blocked.name().ascii();
            boolean listedTwice = blocked.withSubdomains() && zone.names().contains(exactly);
            if (!listedTwice && !other.contains(exactly) && !other.contains(below)) {
                into.add(zone.block(name));
            }
            if (blocked.withSubdomains()) {
                into.add(zone.block("*." + name));
            }
        };
    }

    /**
     * Several changes in a row as one: what came and went again in between is in neither list (RFC
     * 1995 §5 lets a primary condense).
     *
     * @param changes without a gap, at least one
     */
    public static ZoneChange joined(List<ZoneChange> changes) {
        ZoneChange first = changes.getFirst();
        ZoneChange last = changes.getLast();
        Set<ZoneRecord> removed = new LinkedHashSet<>();
        Set<ZoneRecord> added = new LinkedHashSet<>();
        Serial reached = first.fromSerial;
        for (ZoneChange change : changes) {
            if (!change.fromSerial.equals(reached)) {
                throw new InvalidAccessException(
                        "change", AccessRule.GAP, change.fromSerial, reached);
            }
            change.removed.stream().filter(record -> !added.remove(record)).forEach(removed::add);
            change.added.stream().filter(record -> !removed.remove(record)).forEach(added::add);
            reached = change.toSerial;
        }
        return new ZoneChange(
                first.fromSerial,
                last.toSerial,
                first.from,
                List.copyOf(removed),
                last.to,
                List.copyOf(added));
    }

    /** In the order of RFC 1995 §4: old SOA, what goes, new SOA, what comes. */
    public Stream<ZoneRecord> records() {
        return Stream.of(Stream.of(from), removed.stream(), Stream.of(to), added.stream())
                .flatMap(part -> part);
    }

    int size() {
        return removed.size() + added.size() + 2;
    }
}
