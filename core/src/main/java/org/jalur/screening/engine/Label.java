package org.jalur.screening.engine;

import java.util.List;

/** What an entry has in common with many others, so that a segment keeps it once. */
record Label(String list, Origin origin, List<String> countries) {
    /**
     * @param allow whether it lets content pass: what is seen everywhere must be allowed everywhere
     */
    boolean countsIn(Content content, boolean allow) {
        return countries.isEmpty() || content.country().map(countries::contains).orElse(!allow);
    }
}
