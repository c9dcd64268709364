package org.jalur.access.zone;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/**
 * How much a new version of a list changes, before it is published.
 *
 * @param protectedNames that it newly hits
 * @param examples the first names that come or go
 */
public record ListChange(
        long added, long removed, List<DomainName> protectedNames, List<BlockedName> examples) {
    private static final int EXAMPLES = 20;

    public static ListChange between(
            NameTable before, NameTable after, Collection<DomainName> protectedNames) {
        long[] counts = new long[2];
        Set<BlockedName> examples = new TreeSet<>();
        new NameDifference(
                        before,
                        after,
                        name -> count(name, counts, 1, examples),
                        name -> count(name, counts, 0, examples))
                .walk(() -> true);
        List<DomainName> hit =
                protectedNames.stream()
                        .filter(name -> after.hits(name) && !before.hits(name))
                        .sorted()
                        .toList();
        return new ListChange(counts[0], counts[1], hit, List.copyOf(examples));
    }

    private static void count(
            BlockedName name, long[] counts, int which, Set<BlockedName> examples) {
        counts[which]++;
        if (examples.size() < EXAMPLES) {
            examples.add(name);
        }
    }

    /**
     * Whether somebody else must approve it first.
     *
     * @param most names that may come or go without that
     */
    public boolean waitsForApproval(int most) {
        return added + removed > most || !protectedNames.isEmpty();
    }
}
