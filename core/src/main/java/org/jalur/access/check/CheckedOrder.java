package org.jalur.access.check;

import java.util.List;
import java.util.Optional;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Concern.Weight;
import org.jalur.access.order.AccessOrder;

/**
 * An order with what its proportionality check found: what approvers read and approve, and the
 * platform is told. An order that is forbidden, or lacks a reason, is none.
 *
 * @param findings the heaviest first
 */
public record CheckedOrder(AccessOrder order, List<Answered> findings) {
    private static final int MOST_FINDINGS = 50_000;
    private static final int LONGEST_REASON = 2_000;

    public CheckedOrder {
        findings = List.copyOf(findings);
        if (findings.size() > MOST_FINDINGS) {
            throw new InvalidAccessException(
                    "findings", AccessRule.TOO_MANY, findings.size(), MOST_FINDINGS);
        }
        for (Answered one : findings) {
            check(one.finding(), one.reason());
        }
    }

    private static void check(Finding finding, Optional<String> reason) {
        if (finding.weight() == Weight.FORBIDS) {
            throw new InvalidAccessException(
                    "names", AccessRule.FORBIDDEN, finding.name(), finding.sentence());
        }
        int length = reason.map(said -> said.strip().length()).orElse(0);
        if (length > LONGEST_REASON) {
            throw new InvalidAccessException(
                    "reasons", AccessRule.TOO_LONG, length, LONGEST_REASON);
        }
        if (finding.weight() == Weight.NEEDS_REASON && length < Proportionality.SHORTEST_REASON) {
            throw new InvalidAccessException(
                    "reasons",
                    AccessRule.REASON,
                    Proportionality.SHORTEST_REASON,
                    finding.sentence());
        }
    }
}
