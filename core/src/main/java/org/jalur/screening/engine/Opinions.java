package org.jalur.screening.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What people said of hits: of entries that are there, and summed for lists and sources. */
final class Opinions {
    private final Map<UUID, Precision> entries = new ConcurrentHashMap<>();
    private final Map<String, Precision> lists = new ConcurrentHashMap<>();
    private final Map<Source, Precision> sources = new ConcurrentHashMap<>();

    void add(UUID entry, SignatureList list, boolean right) {
        Precision one = Precision.NONE.with(right);
        entries.merge(entry, one, Precision::and);
        lists.merge(list.id(), one, Precision::and);
        sources.merge(list.source(), one, Precision::and);
    }

    /** Forgets an entry; the sums stay. */
    void forget(UUID entry) {
        entries.remove(entry);
    }

    Map<UUID, Precision> entries() {
        return entries;
    }

    /** Of entries that are there: someone may have said something just when one went. */
    Map<UUID, Precision> entries(Known known) {
        var there = new HashMap<>(entries);
        there.keySet().removeIf(entry -> known.spot(entry).isEmpty());
        return there;
    }

    Map<String, Precision> lists() {
        return lists;
    }

    Map<Source, Precision> sources() {
        return sources;
    }
}
