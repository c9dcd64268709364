package org.jalur.screening.engine;

import java.util.Comparator;
import java.util.List;

/**
 * Which parts to merge: ordered by size, each is to be at least {@value #RATIO} times as large as
 * all smaller ones together. So there are few parts, and an entry is copied few times.
 */
final class Tiers {
    private static final int RATIO = 4;

    /** What fits in one table of keys, with room to spare. */
    private static final long MOST_OCTETS = 3L << 29;

    private Tiers() {}

    /**
     * Whether the last part can take in additions; then it is not merged, so that no merge loses
     * sight of it. What was removed does not make it small again.
     */
    static boolean grows(List<Part> parts, int small) {
        return !parts.isEmpty() && parts.getLast().segment().size() <= small;
    }

    /** The parts to merge, or none; the last one is left to grow while it is small. */
    static List<Part> due(Known known, int small, long now) {
        List<Part> parts = known.parts();
        boolean growing = grows(parts, small);
        List<Part> bySize =
                parts.subList(0, parts.size() - (growing ? 1 : 0)).stream()
                        .sorted(Comparator.comparingInt(Part::live).reversed())
                        .toList();
        long[] smaller = new long[bySize.size() + 1];
        long[] octets = new long[bySize.size() + 1];
        for (int i = bySize.size() - 1; i >= 0; i--) {
            smaller[i] = smaller[i + 1] + bySize.get(i).live();
            octets[i] = octets[i + 1] + bySize.get(i).segment().tables().keys().bytes();
        }
        for (int i = 0; i < bySize.size() - 1; i++) {
            if (smaller[i + 1] * RATIO > bySize.get(i).live() && octets[i] <= MOST_OCTETS) {
                return bySize.subList(i, bySize.size());
            }
        }
        return bySize.stream().filter(part -> isWorn(part, now)).limit(1).toList();
    }

    private static boolean isWorn(Part part, long now) {
        return part.dead().count() > part.segment().size() / Segment.WORN
                || part.segment().wornFrom() <= now;
    }
}
