package org.jalur.screening.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jalur.screening.text.Form;
import org.jspecify.annotations.Nullable;

/** The entries that a piece of content matches, each at its best place. For one thread. */
final class Findings {
    /** An entry that counts, and where it matches. */
    record Finding(
            Part part, int ordinal, SignatureList list, Place place, int distance, Form form) {
        boolean isBetterThan(Finding other) {
            if (form != other.form) {
                return form == Form.STRICT;
            }
            if (distance != other.distance) {
                return distance < other.distance;
            }
            return place instanceof Place.InText(int start, int end)
                    && other.place instanceof Place.InText(int otherStart, int otherEnd)
                    && (start != otherStart ? start < otherStart : end > otherEnd);
        }
    }

    /** The time between two looks at the clock, in findings. */
    private static final int LOOK = 1 << 8;

    private final Known known;
    private final Content content;
    private final Due due;
    private final long now;
    private @Nullable Map<Long, Finding> found;
    private int seen;

    Findings(Known known, Content content, Due due, long now) {
        this.known = known;
        this.content = content;
        this.due = due;
        this.now = now;
    }

    /** Where something matches, made only if the entry counts. */
    @FunctionalInterface
    interface Where {
        Place place();
    }

    /** An entry matches; whether it counts is seen here. */
    void add(int partNumber, int ordinal, int distance, Form form, Where where) {
        if (++seen % LOOK == 0) {
            due.check("hits");
        }
        Part part = known.parts().get(partNumber);
        Columns columns = part.segment().columns();
        Label label = columns.label(ordinal);
        SignatureList list = known.lists().get(label.list());
        if (list == null
                || part.dead().has(ordinal)
                || columns.expiries()[ordinal] <= now
                || !label.countsIn(content)) {
            return;
        }
        Place place = where.place();
        if (place instanceof Place.InPicture(int index)
                && (distance > list.pdqRadius()
                        || content.pictures().get(index).quality() < list.pdqQuality())) {
            return;
        }
        var finding = new Finding(part, ordinal, list, place, distance, form);
        if (found == null) {
            found = new LinkedHashMap<>();
        }
        found.merge(
                (long) partNumber << Integer.SIZE | ordinal,
                finding,
                (old, other) -> other.isBetterThan(old) ? other : old);
    }

    Collection<Finding> all() {
        return found == null ? List.of() : found.values();
    }
}
