package org.jalur.access.measure;

import java.util.Collection;
import java.util.Comparator;

/** What was measured of a name at a resolver. */
public enum NameState {
    OPEN,
    SILENT,
    UNCLEAR,
    BLOCKED;

    /** Whether it was measured. */
    public boolean isCertain() {
        return switch (this) {
            case OPEN, BLOCKED -> true;
            case SILENT, UNCLEAR -> false;
        };
    }

    /**
     * Of several questions about the same name: one blocked way is a blocked name, and open is only
     * what is open on every way.
     *
     * @throws java.util.NoSuchElementException if there are none
     */
    public static NameState of(Collection<NameState> answers) {
        NameState worst = answers.stream().max(Comparator.naturalOrder()).orElseThrow();
        boolean partlySilent = worst == SILENT && answers.stream().anyMatch(one -> one != SILENT);
        return partlySilent ? UNCLEAR : worst;
    }
}
