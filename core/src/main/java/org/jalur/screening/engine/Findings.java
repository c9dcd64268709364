package org.jalur.screening.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.screening.text.Form;
import org.jspecify.annotations.Nullable;

/** The entries that a piece of content matches, each at its best place. For one thread. */
final class Findings {
    /**
     * An entry that counts, and where it matches.
     *
     * @param outweighed by an allow-list, at this place
     */
    record Finding(
            int part,
            Segment segment,
            int ordinal,
            SignatureList list,
            Place place,
            int distance,
            Form form,
            boolean outweighed) {
        /** Why one cannot be sure that the content is what the entry means. */
        Optional<Hit.Lowered> doubt() {
            if (form == Form.LOOSE) {
                return Optional.of(Hit.Lowered.LOOSE);
            }
            return segment.signal(ordinal) == Signal.SIMILAR_TEXT
                    ? Optional.of(Hit.Lowered.NEAR_DUPLICATE)
                    : Optional.empty();
        }

        boolean allows() {
            return list.allow() && doubt().isEmpty();
        }

        Finding asOutweighed() {
            return new Finding(part, segment, ordinal, list, place, distance, form, true);
        }

        boolean isBetterThan(Finding other) {
            if (outweighed != other.outweighed) {
                return other.outweighed;
            }
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
    private final boolean allows;

    /** What cannot be weighed before all that is allowed is known. */
    private final List<Finding> unweighed = new ArrayList<>(0);

    /** Made when they are needed first: most content matches nothing. */
    private @Nullable AllowedPlaces allowed;

    private @Nullable Map<Long, Finding> found;
    private int seen;

    Findings(Known known, Content content, Due due, long now) {
        this.known = known;
        this.content = content;
        this.due = due;
        this.now = now;
        allows = known.allows();
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
        EntryColumns columns = part.segment().columns();
        Label label = columns.label(ordinal);
        SignatureList list = known.lists().get(label.list());
        if (list == null
                || part.dead().has(ordinal)
                || columns.expiries()[ordinal] <= now
                || !label.countsIn(content, list.allow())) {
            return;
        }
        Place place = where.place();
        if (place instanceof Place.InPicture(int index)
                && (distance > list.pdqRadius()
                        || content.pictures().get(index).quality() < list.pdqQuality())) {
            return;
        }
        Segment segment = part.segment();
        var finding = new Finding(partNumber, segment, ordinal, list, place, distance, form, false);
        if (finding.allows()) {
            if (allowed == null) {
                allowed = new AllowedPlaces();
            }
            allowed.add(place);
        }
        if (allows) {
            unweighed.add(finding);
        } else {
            keep(finding);
        }
    }

    private void keep(Finding finding) {
        if (found == null) {
            found = new LinkedHashMap<>();
        }
        found.merge(
                (long) finding.part() << Integer.SIZE | finding.ordinal(),
                finding,
                (old, other) -> other.isBetterThan(old) ? other : old);
    }

    /** Each entry at its best place: one that is not allowed, if there is any. */
    Collection<Finding> all() {
        for (Finding one : unweighed) {
            boolean outweighed =
                    allowed != null && !one.list().allow() && allowed.touch(one.place());
            keep(outweighed ? one.asOutweighed() : one);
        }
        unweighed.clear();
        return found == null ? List.of() : found.values();
    }
}
