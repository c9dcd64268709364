package org.jalur.screening.engine;

import java.util.List;

/** What an entry has in common with many others, so that a segment keeps it once. */
record Label(String list, Origin origin, List<String> countries) {
    boolean countsIn(Content content) {
        return countries.isEmpty()
                || content.country().isEmpty()
                || countries.contains(content.country().get());
    }
}
