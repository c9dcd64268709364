package org.jalur.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The public facts of a decision about one item.
 *
 * @param no of the item
 * @param outcome what was decided
 * @param ground of a refusal
 * @param countries of a withholding, ISO 3166-1 alpha-2
 * @param role who decided: a role, never a name
 */
public record DecisionFacts(
        int no,
        Outcome outcome,
        Optional<RefusalGround> ground,
        List<String> countries,
        String role,
        Instant decidedAt) {
    public DecisionFacts {
        countries = List.copyOf(countries);
        Countries.check("countries", countries);
        if (ground.isPresent() != (outcome == Outcome.REFUSED)) {
            throw new InvalidNoticeException("ground", Rule.GROUND);
        }
        if (countries.isEmpty() == (outcome == Outcome.WITHHELD)) {
            throw new InvalidNoticeException("countries", Rule.WITHHOLDING);
        }
    }
}
