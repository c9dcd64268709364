package org.jalur.screening.engine;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Catches entries that suddenly hit far more than before, or many different authors: a mistake in a
 * list must not silence thousands before anyone sees it.
 *
 * <p>Counts are kept for {@value #SETS} × {@value #WAYS} entries at most: where there is no more
 * room, the one with the fewest hits makes way. An entry that floods has many.
 */
final class FloodBrake {
    private static final int SET_BITS = 13;
    private static final int SETS = 1 << SET_BITS;
    private static final int WAYS = 8;

    /** Odd, near 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9e3779b9;

    private final FloodLimits limits;
    private final InstantSource clock;
    private final AtomicReferenceArray<@Nullable EntryCount> counts =
            new AtomicReferenceArray<>(SETS * WAYS);
    private final Map<UUID, Throttled> caught = new ConcurrentHashMap<>();

    FloodBrake(FloodLimits limits, InstantSource clock, Collection<Throttled> caughtBefore) {
        this.limits = limits;
        this.clock = clock;
        caughtBefore.forEach(one -> caught.put(one.entry(), one));
    }

    /**
     * Counts a hit.
     *
     * @param author a hash of the author, if known
     * @return whether the entry is throttled, this hit included
     */
    boolean hit(UUID entry, OptionalLong author) {
        long now = clock.millis();
        EntryCount count = count(entry, now / limits.window().toMillis());
        count.add();
        author.ifPresent(count::addAuthor);
        if (caught.containsKey(entry)) {
            return true;
        }
        Optional<Throttled.Reason> reason = reason(count);
        reason.ifPresent(why ->
                caught.put(
                        entry,
                        new Throttled(
                                entry, clock.instant(), why, count.hits().sum(), count.authors())));
        return reason.isPresent();
    }

    private Optional<Throttled.Reason> reason(EntryCount count) {
        long hits = count.hits().sum();
        if (hits > limits.hits() && hits > limits.factor() * count.usual()) {
            return Optional.of(Throttled.Reason.MANY_HITS);
        }
        return count.authors() > limits.authors()
                ? Optional.of(Throttled.Reason.MANY_AUTHORS)
                : Optional.empty();
    }

    /** The entry's count in a window; made if need be. */
    private EntryCount count(UUID entry, long window) {
        int set = set(entry);
        while (true) {
            int place = place(entry, window, set);
            EntryCount old = counts.get(place);
            boolean same = old != null && old.entry().equals(entry);
            // Threads that saw the window begin count into the newer one.
            if (old != null && same && old.window() >= window) {
                return old;
            }
            EntryCount fresh =
                    old != null && same ? old.in(window) : EntryCount.begin(entry, window, 0);
            if (counts.compareAndSet(place, old, fresh)) {
                return fresh;
            }
        }
    }

    private static int set(UUID entry) {
        int spread = entry.hashCode() * SPREAD;
        return (spread >>> (Integer.SIZE - SET_BITS)) * WAYS;
    }

    /** Where the entry is, or else can be put. */
    private int place(UUID entry, long window, int set) {
        int best = set;
        long least = Long.MAX_VALUE;
        for (int place = set; place < set + WAYS; place++) {
            EntryCount count = counts.get(place);
            if (count != null && count.entry().equals(entry)) {
                return place;
            }
            // What was not hit in the last two windows says nothing any more.
            boolean free = count == null || count.window() < window - 1;
            long weight = count == null || free ? -1 : count.hits().sum();
            if (weight < least) {
                least = weight;
                best = place;
            }
        }
        return best;
    }

    /** Whether an entry is throttled. */
    boolean holds(UUID entry) {
        return caught.containsKey(entry);
    }

    /** Catches an entry that another brake has caught; what this one has caught before stays. */
    void take(Throttled other) {
        caught.putIfAbsent(other.entry(), other);
    }

    /** Lets an entry go, and counts anew; whether it was caught. */
    boolean release(UUID entry) {
        long window = clock.millis() / limits.window().toMillis();
        int place = place(entry, window, set(entry));
        EntryCount count = counts.get(place);
        if (count != null && count.entry().equals(entry)) {
            // A person found so many to be right: they are usual now.
            double usual = Math.max(count.usual(), (double) count.hits().sum());
            counts.compareAndSet(place, count, EntryCount.begin(entry, window, usual));
        }
        return caught.remove(entry) != null;
    }

    /** Forgets an entry that is there no more. */
    void forget(UUID entry) {
        caught.remove(entry);
    }

    /** The entries caught, the latest first. */
    List<Throttled> caught() {
        return caught.values().stream()
                .sorted(Comparator.comparing(Throttled::since).reversed())
                .toList();
    }
}
