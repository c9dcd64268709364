package org.jalur.access.zone;

import java.util.ArrayList;
import java.util.List;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/**
 * The latest changes of one zone without a gap, for secondaries that are not far behind. Never
 * changes; bounded in what it keeps.
 */
public final class ZoneJournal {
    private final List<ZoneChange> changes;
    private final Serial current;
    private final int mostRecords;

    private ZoneJournal(List<ZoneChange> changes, Serial current, int mostRecords) {
        this.changes = changes;
        this.current = current;
        this.mostRecords = mostRecords;
    }

    /**
     * @param mostRecords that it keeps, SOA records included
     */
    public static ZoneJournal startingAt(Serial current, int mostRecords) {
        return new ZoneJournal(List.of(), current, mostRecords);
    }

    /** With one change more; the oldest give way. */
    public ZoneJournal with(ZoneChange change) {
        if (!change.fromSerial().equals(current)) {
            throw new InvalidAccessException(
                    "change", AccessRule.GAP, change.fromSerial(), current);
        }
        List<ZoneChange> kept = new ArrayList<>(changes);
        kept.add(change);
        long records = kept.stream().mapToLong(ZoneChange::size).sum();
        while (records > mostRecords) {
            records -= kept.removeFirst().size();
        }
        return new ZoneJournal(List.copyOf(kept), change.toSerial(), mostRecords);
    }

    /** After a change too large to keep: nobody gets a difference across it. */
    public ZoneJournal restartedAt(Serial serial) {
        if (!serial.isAfter(current)) {
            throw new InvalidAccessException("serial", AccessRule.SERIAL, serial, current);
        }
        return startingAt(serial, mostRecords);
    }

    public Serial current() {
        return current;
    }

    public int records() {
        return changes.stream().mapToInt(ZoneChange::size).sum();
    }

    /**
     * What a secondary that has a version needs.
     *
     * @param zoneRecords how many records the whole zone has: more differences than that are no
     *     gain (RFC 1995 §2)
     */
    public Transfer since(Serial theirs, long zoneRecords) {
        if (theirs.equals(current) || theirs.isAfter(current)) {
            return new Transfer.UpToDate();
        }
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).fromSerial().equals(theirs)) {
                List<ZoneChange> needed = changes.subList(i, changes.size());
                long size = needed.stream().mapToLong(ZoneChange::size).sum();
                return size <= zoneRecords
                        ? new Transfer.Differences(List.copyOf(needed))
                        : new Transfer.Whole();
            }
        }
        return new Transfer.Whole();
    }

    /** What is sent to a secondary. */
    public sealed interface Transfer {
        /** The SOA alone. */
        record UpToDate() implements Transfer {}

        /** The current SOA, the changes in order, the current SOA. */
        record Differences(List<ZoneChange> changes) implements Transfer {}

        /** The zone as AXFR sends it. */
        record Whole() implements Transfer {}
    }
}
