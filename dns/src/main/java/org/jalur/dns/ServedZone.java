package org.jalur.dns;

import org.jalur.access.DomainName;
import org.jalur.access.zone.PolicyZone;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneJournal;
import org.jalur.access.zone.ZoneJournal.Transfer;

/**
 * A version of a zone with the changes that led to it.
 *
 * @param journal ends at that version
 */
public record ServedZone(PolicyZone zone, ZoneJournal journal) {
    private static final int SMALL = 1_000;

    public ServedZone {
        if (!journal.current().equals(zone.serial())) {
            throw new IllegalArgumentException(
                    "the journal ends at version %s, the zone is version %s"
                            .formatted(journal.current(), zone.serial()));
        }
    }

    /** A version without what led to it. */
    public static ServedZone alone(PolicyZone zone, int mostRecords) {
        return new ServedZone(zone, ZoneJournal.startingAt(zone.serial(), mostRecords));
    }

    public DomainName origin() {
        return zone.settings().origin();
    }

    Serial serial() {
        return zone.serial();
    }

    /** Of a small zone always the differences: it costs nothing, and secondaries change less. */
    Transfer since(Serial theirs) {
        return journal.since(theirs, Math.max(SMALL, zone.names().size()));
    }
}
