package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.UUID;
import org.jalur.screening.exact.KeyTable;

/** Entries with the tables that find them; never changes. Every id is there once. */
final class Segment {
    /** A segment is built anew when one of so many of its entries does not count any more. */
    static final int WORN = 4;

    private final UUID name;
    private final EntryColumns columns;
    private final KeyTable ids;
    private final Tables tables;
    private final long wornFrom;

    /**
     * @param name what it is called on disk
     */
    Segment(UUID name, EntryColumns columns, KeyTable ids, Tables tables) {
        this.name = name;
        this.columns = columns;
        this.ids = ids;
        this.tables = tables;
        wornFrom = wornFrom(columns.expiries());
    }

    private static long wornFrom(long[] expiries) {
        if (Arrays.stream(expiries).allMatch(end -> end == Rows.NEVER)) {
            return Rows.NEVER;
        }
        long[] ends = expiries.clone();
        Arrays.sort(ends);
        return ends[ends.length / WORN];
    }

    /** From when on, in milliseconds since 1970, one of {@value #WORN} entries has ended. */
    long wornFrom() {
        return wornFrom;
    }

    UUID name() {
        return name;
    }

    EntryColumns columns() {
        return columns;
    }

    KeyTable ids() {
        return ids;
    }

    Tables tables() {
        return tables;
    }

    int size() {
        return columns.labels().length;
    }

    UUID id(int ordinal) {
        return columns.ids().id(ordinal);
    }

    /** The ordinal of an entry, -1 if it is not here. */
    int find(UUID id) {
        int[] found = ids.find(Ids.key(id));
        return found.length == 0 ? -1 : found[0];
    }

    Signal signal(int ordinal) {
        if (ordinal < tables.phraseFrom()) {
            return Sought.signal(tables.keys().key(ordinal));
        }
        if (ordinal < tables.pictureFrom()) {
            return Signal.PHRASE;
        }
        return ordinal < tables.longFrom() ? Signal.PDQ : Signal.SIMILAR_TEXT;
    }

    /** What an entry looks for. */
    Sought sought(int ordinal) {
        if (ordinal < tables.phraseFrom()) {
            return new Sought.Key(tables.keys().key(ordinal));
        }
        if (ordinal < tables.pictureFrom()) {
            byte[] words = tables.words().key(ordinal - tables.phraseFrom());
            return new Sought.Phrase(new String(words, UTF_8));
        }
        if (ordinal < tables.longFrom()) {
            return new Sought.Picture(tables.pictures().hash(ordinal - tables.pictureFrom()));
        }
        return ordinal < tables.shortFrom()
                ? new Sought.LongText(
                        tables.longTexts().orElseThrow().get(ordinal - tables.longFrom()))
                : new Sought.ShortText(
                        tables.shortTexts().orElseThrow().get(ordinal - tables.shortFrom()));
    }

    Entry entry(int ordinal) {
        Label label = columns.label(ordinal);
        String value =
                switch (sought(ordinal)) {
                    case Sought.Key(byte[] octets) -> Sought.value(octets);
                    case Sought.Phrase(String words) -> words;
                    case Sought.Picture(var hash) -> hash.toString();
                    case Sought.LongText(var digest) -> digest.toString();
                    case Sought.ShortText(var sketch) -> sketch.toString();
                };
        return new Entry(
                id(ordinal),
                label.list(),
                signal(ordinal),
                value,
                label.origin(),
                label.countries(),
                Rows.instant(columns.expiries()[ordinal]));
    }
}
