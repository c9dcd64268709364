package org.jalur.access.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.access.check.Concern.Weight;
import org.jalur.access.order.BlockedName;

/**
 * What a check found.
 *
 * @param names that could be read, in canonical order
 * @param findings the heaviest first, then by name
 */
public record Proportionality(List<BlockedName> names, List<Finding> findings) {
    /** Shortest reason in characters: "ok" is none. */
    public static final int SHORTEST_REASON = 20;

    public Proportionality {
        names = List.copyOf(names);
        findings = List.copyOf(findings);
    }

    public List<Finding> of(Weight weight) {
        return findings.stream().filter(finding -> finding.weight() == weight).toList();
    }

    public boolean isForbidden() {
        return findings.stream().anyMatch(finding -> finding.weight() == Weight.FORBIDS);
    }

    /**
     * Findings that wait for a written reason.
     *
     * @param reasons given so far
     */
    public List<Finding> unanswered(Map<Finding, String> reasons) {
        return of(Weight.NEEDS_REASON).stream()
                .filter(finding ->
                        reasons.getOrDefault(finding, "").strip().length() < SHORTEST_REASON)
                .toList();
    }

    /** Whether approvers may approve it with these reasons. */
    public boolean isApprovable(Map<Finding, String> reasons) {
        return !names.isEmpty() && !isForbidden() && unanswered(reasons).isEmpty();
    }

    /** The concerns there are. */
    public Set<Concern> concerns() {
        return findings.stream().map(Finding::concern).collect(Collectors.toUnmodifiableSet());
    }
}
