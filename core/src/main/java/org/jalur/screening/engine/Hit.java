package org.jalur.screening.engine;

import java.util.Optional;
import org.jalur.screening.Mode;
import org.jalur.screening.text.Form;

/**
 * Content matches an entry, and why. An entry has one hit for a piece of content, its best: strict
 * rather than loose, the nearest, the first in the text; one that no allow-list outweighs before
 * all others.
 *
 * @param mode what it leads to, brakes and allow-lists considered
 * @param distance 0 for the same; else in bits for a picture or a short text, in TLSH's measure for
 *     a long one
 * @param form how far a text was folded to match
 * @param lowered why the mode is milder than the list's, if it is
 */
public record Hit(
        SignatureList list,
        Entry entry,
        Mode mode,
        Place place,
        int distance,
        Form form,
        Optional<Lowered> lowered) {
    /** Why a hit leads to less than its list says. */
    public enum Lowered {
        /** Matches only in the loose form. */
        LOOSE,
        /** A text with much in common is not the same text. */
        NEAR_DUPLICATE,
        /** The flood brake has caught the entry. */
        THROTTLED,
        /** An allow-list has an entry that matches at the same place. */
        ALLOWED
    }

    /** Where the entry comes from. */
    public Origin origin() {
        return entry.origin();
    }

    /** What they have in common. */
    public Signal signal() {
        return entry.signal();
    }

    /** Whether it lets pass what it matches: exact, and of an allow-list. */
    public boolean allows() {
        return list.allow() && lowered.isEmpty();
    }
}
