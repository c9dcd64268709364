package org.jalur.screening.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jalur.screening.ListRule;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.text.Form;

/**
 * What is screened for now. Writers take turns and end by putting one reference in place; readers
 * take it and never wait.
 */
final class Holdings {
    /** Up to so many entries the last part is built anew for each addition. */
    static final int SMALL = 1 << 9;

    private final KeyHash hash;
    private final Form deepest;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();

    /** Only one merge at a time, for each is sure that its parts stay. */
    private final ReentrantLock merging = new ReentrantLock();

    private volatile Known known;

    Holdings(KeyHash hash, Form deepest, InstantSource clock, Known known) {
        this.hash = hash;
        this.deepest = deepest;
        this.clock = clock;
        this.known = known;
    }

    Known known() {
        return known;
    }

    KeyHash hash() {
        return hash;
    }

    void put(SignatureList list) {
        turn.lock();
        try {
            var lists = new HashMap<>(known.lists());
            lists.put(list.id(), list);
            known = new Known(known.parts(), lists);
        } finally {
            turn.unlock();
        }
    }

    /** Takes a list away with all its entries; whether it was there. */
    boolean removeList(String id) {
        turn.lock();
        try {
            var lists = new HashMap<>(known.lists());
            boolean was = lists.remove(id) != null;
            // Its entries must not come back with a list of the same id.
            List<Part> left =
                    known.parts().stream().map(part -> part.without(ofList(part, id))).toList();
            known = new Known(left, lists);
            return was;
        } finally {
            turn.unlock();
        }
    }

    private static int[] ofList(Part part, String list) {
        EntryColumns columns = part.segment().columns();
        return IntStream.range(0, part.segment().size())
                .filter(ordinal -> columns.label(ordinal).list().equals(list))
                .toArray();
    }

    /** Entries whose list was taken away while they were checked. */
    private static int[] ofNoList(Segment segment, Known now) {
        return IntStream.range(0, segment.size())
                .filter(at -> !now.lists().containsKey(segment.columns().label(at).list()))
                .toArray();
    }

    /** Adds entries that are checked; one with a known id takes the other's place. */
    Added add(Collection<Entry> entries, EntryRules rules) {
        Map<UUID, Entry> last = new LinkedHashMap<>();
        entries.forEach(entry -> last.put(entry.id(), entry));
        var builder = new SegmentBuilder(hash, deepest);
        var refused = new ArrayList<Refusal>();
        Map<String, SignatureList> lists = known.lists();
        for (Entry entry : last.values()) {
            try {
                SignatureList list =
                        Optional.ofNullable(lists.get(entry.list()))
                                .orElseThrow(() -> noList(entry));
                Sought sought = rules.check(entry);
                var label = new Label(entry.list(), entry.origin(), entry.countries());
                builder.add(entry.id(), label, expires(entry, list), sought);
            } catch (RefusedEntry e) {
                refused.add(e.of(entry.id()));
            }
        }
        int count = builder.size();
        if (count > 0) {
            put(builder.build());
        }
        return new Added(count, refused);
    }

    /** Builds a segment that nobody looks into: whatever adding would refuse is refused here. */
    static Checked check(Collection<Entry> entries, EntryRules rules, Form deepest) {
        var builder = new SegmentBuilder(KeyHash.secret(), deepest);
        var refused = new ArrayList<Refusal>();
        for (Entry entry : entries) {
            try {
                var label = new Label(entry.list(), entry.origin(), entry.countries());
                builder.add(entry.id(), label, Rows.millis(entry.expiresAt()), rules.check(entry));
            } catch (RefusedEntry e) {
                refused.add(e.of(entry.id()));
            }
        }
        Segment built = builder.build();
        return new Checked(
                IntStream.range(0, built.size()).mapToObj(built::entry).toList(), refused);
    }

    private static RefusedEntry noList(Entry entry) {
        return new RefusedEntry(entry.list(), ListRule.ENTRY_LIST.broken());
    }

    private long expires(Entry entry, SignatureList list) {
        return entry.expiresAt().isPresent()
                ? Rows.millis(entry.expiresAt())
                : Rows.millis(list.term().map(term -> clock.instant().plus(term)));
    }

    private void put(Segment added) {
        turn.lock();
        try {
            Known now = without(added);
            var parts = new ArrayList<>(now.parts());
            var fresh = new Part(added, Dead.NONE).without(ofNoList(added, now));
            if (Tiers.grows(parts, SMALL) && parts.getLast().live() + fresh.live() <= SMALL) {
                var both = new SegmentBuilder(hash, deepest);
                both.addLeft(parts.removeLast(), now, clock.millis());
                both.addLeft(fresh, now, clock.millis());
                fresh = new Part(both.build(), Dead.NONE);
            }
            parts.add(fresh);
            known = new Known(parts, now.lists());
        } finally {
            turn.unlock();
        }
    }

    /** What is known but for the entries of a segment. */
    private Known without(Segment added) {
        List<Part> left = new ArrayList<>();
        for (Part part : known.parts()) {
            var gone = new ArrayList<Integer>();
            for (int ordinal = 0; ordinal < added.size(); ordinal++) {
                int old = part.find(added.id(ordinal));
                if (old >= 0) {
                    gone.add(old);
                }
            }
            left.add(part.without(gone.stream().mapToInt(Integer::intValue).toArray()));
        }
        return new Known(left, known.lists());
    }

    Optional<Entry> find(UUID id) {
        Known now = known;
        return now.spot(id)
                .map(spot -> now.parts().get(spot.part()).segment().entry(spot.ordinal()))
                .filter(entry -> Rows.millis(entry.expiresAt()) > clock.millis());
    }

    /** Lets an entry last until a time at least, if it is there still. */
    void extend(UUID id, Instant until) {
        turn.lock();
        try {
            Known now = known;
            Optional<Known.Spot> spot = now.spot(id);
            if (spot.isPresent()) {
                Segment segment = now.parts().get(spot.get().part()).segment();
                int ordinal = spot.get().ordinal();
                var builder = new SegmentBuilder(hash, deepest);
                Label label = segment.columns().label(ordinal);
                long ends = Math.max(Rows.millis(until), segment.columns().expiries()[ordinal]);
                builder.add(id, label, ends, segment.sought(ordinal));
                put(builder.build());
            }
        } finally {
            turn.unlock();
        }
    }

    /** Takes entries out; the ones that were there. */
    List<Entry> remove(Collection<UUID> ids) {
        turn.lock();
        try {
            Known now = known;
            var removed = new ArrayList<Entry>();
            for (UUID id : ids) {
                Optional<Known.Spot> spot = now.spot(id);
                if (spot.isPresent()) {
                    Part part = now.parts().get(spot.get().part());
                    removed.add(part.segment().entry(spot.get().ordinal()));
                    now = now.with(spot.get().part(), part.without(spot.get().ordinal()));
                }
            }
            known = now;
            return removed;
        } finally {
            turn.unlock();
        }
    }

    /** Makes one part of several where that is due; whether there was anything to do. */
    boolean merge() {
        merging.lock();
        try {
            Known before = known;
            List<Part> due = Tiers.due(before, SMALL, clock.millis());
            if (due.isEmpty()) {
                return false;
            }
            var builder = new SegmentBuilder(hash, deepest);
            due.forEach(part -> builder.addLeft(part, before, clock.millis()));
            replace(due, builder.build());
            return true;
        } finally {
            merging.unlock();
        }
    }

    /** Builds every part anew, as when phrases are to be compared in another form. */
    void rebuild() {
        rebuild(_ -> true);
    }

    /** Builds every part anew that has more in it than counts. */
    void purge() {
        rebuild(part -> part.dead().count() > 0 || part.segment().wornFrom() <= clock.millis());
    }

    private void rebuild(Predicate<Part> which) {
        merging.lock();
        try {
            Known before = known;
            for (Part part : before.parts().stream().filter(which).toList()) {
                var builder = new SegmentBuilder(hash, deepest);
                builder.addLeft(part, before, clock.millis());
                replace(List.of(part), builder.build());
            }
        } finally {
            merging.unlock();
        }
    }

    /** Puts a segment in the place of parts, without what was removed meanwhile. */
    private void replace(List<Part> merged, Segment segment) {
        turn.lock();
        try {
            var left = new ArrayList<Part>();
            var gone = new ArrayList<Integer>();
            int found = 0;
            for (Part part : known.parts()) {
                Optional<Part> earlier =
                        merged.stream().filter(one -> one.segment() == part.segment()).findFirst();
                if (earlier.isEmpty()) {
                    left.add(part);
                    continue;
                }
                found++;
                int[] since = part.dead().since(earlier.get().dead(), part.segment().size());
                for (int ordinal : since) {
                    int place = segment.find(part.segment().id(ordinal));
                    if (place >= 0) {
                        gone.add(place);
                    }
                }
            }
            if (found < merged.size()) {
                // The last part has grown meanwhile: what counted of it is in its successor.
                return;
            }
            int[] ordinals = gone.stream().mapToInt(Integer::intValue).toArray();
            if (segment.size() > ordinals.length) {
                left.addFirst(new Part(segment, Dead.NONE.with(ordinals)));
            }
            known = new Known(left, known.lists());
        } finally {
            turn.unlock();
        }
    }
}
