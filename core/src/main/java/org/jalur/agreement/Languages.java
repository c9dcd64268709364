package org.jalur.agreement;

import java.util.Set;

/**
 * @param notices ISO 639-1 codes in which reasons may be written
 * @param prevailing in which this agreement is written, and which counts where translations differ
 */
public record Languages(Set<String> notices, String prevailing) {
    public Languages {
        notices = Require.some("notices", notices);
        notices.forEach(code -> Require.language("notices", code));
        Require.language("prevailing", prevailing);
    }
}
