package org.jalur.node.erasure;

import java.util.Set;
import org.jalur.notice.ErasureGround;

/**
 * What somebody wants erased of a notice.
 *
 * @param items numbers of the items whose content goes, with their evidence and the reasons of
 *     their decisions; empty for all of them
 * @param rest whether the reasons, the letter, questions and answers go too
 */
record Wanted(Set<Integer> items, boolean rest, ErasureGround ground) {
    Wanted {
        items = Set.copyOf(items);
    }

    boolean names(int item) {
        return items.isEmpty() || items.contains(item);
    }
}
