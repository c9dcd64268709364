package org.jalur.screening.engine;

import java.util.UUID;

/** A segment, and which of its entries do not count any more. */
record Part(Segment segment, Dead dead) {
    int live() {
        return segment.size() - dead.count();
    }

    /** The ordinal of an entry that counts, -1 if there is none. */
    int find(UUID id) {
        int ordinal = segment.find(id);
        return ordinal < 0 || dead.has(ordinal) ? -1 : ordinal;
    }

    Part without(int... ordinals) {
        return new Part(segment, dead.with(ordinals));
    }
}
