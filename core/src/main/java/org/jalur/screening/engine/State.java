package org.jalur.screening.engine;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.screening.text.Form;

/** What a snapshot holds beside the segments. */
record State(
        Form deepest,
        List<SignatureList> lists,
        List<StoredPart> parts,
        Map<UUID, Precision> byEntry,
        Map<String, Precision> byList,
        Map<Source, Precision> bySource,
        List<Throttled> throttled) {
    /**
     * A part whose segment is in a file of its own.
     *
     * @param sum the checksum that the file ends with
     */
    record StoredPart(UUID segment, long sum, Dead dead) {}

    State with(List<StoredPart> stored) {
        return new State(deepest, lists, stored, byEntry, byList, bySource, throttled);
    }
}
