package org.jalur.screening.engine;

import java.util.List;

/**
 * What would become of entries that were to be added.
 *
 * @param entries those that keep the rules, in the spelling that the engine keeps and in no
 *     particular order; an address that names a channel has become a {@link Signal#HANDLE}
 * @param refused the others
 */
public record Checked(List<Entry> entries, List<Refusal> refused) {
    public Checked {
        entries = List.copyOf(entries);
        refused = List.copyOf(refused);
    }
}
