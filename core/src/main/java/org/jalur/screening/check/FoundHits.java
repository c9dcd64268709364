package org.jalur.screening.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jalur.screening.check.Hit.Span;
import org.jalur.screening.text.Form;

/// What is found in one publication: for each entry the place that says most.
final class FoundHits {
    private final ListSet set;
    private final TreeMap<Integer, Best> found = new TreeMap<>();

    FoundHits(ListSet set) {
        this.set = set;
    }

    /// The place of an entry that says most so far.
    private static final class Best {
        private Place place;
        private Span last;
        private int places;

        Best(Place place) {
            this.place = place;
            this.last = NOWHERE;
            count(place);
        }

        /// An address can be found by several keys, one after the other.
        void count(Place added) {
            Span span = added.span().orElse(NOWHERE);
            if (!span.equals(last) && !span.equals(NOWHERE)) {
                places++;
                last = span;
            }
        }
    }

    private static final Span NOWHERE = new Span(0, 0);

    private record Place(
            String matched, Optional<Span> span, OptionalInt distance, Optional<Form> form) {
        boolean saysMoreThan(Place other) {
            boolean strict = form.equals(Optional.of(Form.STRICT));
            boolean otherLoose = other.form.equals(Optional.of(Form.LOOSE));
            boolean nearer =
                    distance.isPresent()
                            && distance.getAsInt() < other.distance.orElse(Integer.MAX_VALUE);
            return (strict && otherLoose) || nearer;
        }
    }

    void words(int entry, String text, Span span, Form form) {
        add(
                entry,
                new Place(
                        part(text, span),
                        Optional.of(span),
                        OptionalInt.empty(),
                        Optional.of(form)));
    }

    void inText(int entry, String text, Span span) {
        add(
                entry,
                new Place(
                        part(text, span),
                        Optional.of(span),
                        OptionalInt.empty(),
                        Optional.empty()));
    }

    void same(int entry, String matched) {
        add(entry, new Place(matched, Optional.empty(), OptionalInt.empty(), Optional.empty()));
    }

    void near(int entry, String matched, int distance) {
        add(
                entry,
                new Place(matched, Optional.empty(), OptionalInt.of(distance), Optional.empty()));
    }

    private static String part(String text, Span span) {
        return text.substring(span.start(), span.end());
    }

    private void add(int entry, Place place) {
        Best best = found.get(entry);
        if (best == null) {
            found.put(entry, new Best(place));
            return;
        }
        best.count(place);
        if (place.saysMoreThan(best.place)) {
            best.place = place;
        }
    }

    /// The hits, in the order of the lists and their entries.
    List<Hit> hits() {
        List<Hit> hits = new ArrayList<>(found.size());
        found.forEach((entry, best) -> {
            Place place = best.place;
            hits.add(
                    new Hit(
                            set.entry(entry),
                            place.matched,
                            place.span,
                            best.places,
                            place.distance,
                            place.form));
        });
        return hits;
    }
}
