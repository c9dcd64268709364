package org.jalur.node.cases;

import java.util.List;
import java.util.Optional;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * What a reviewer withholds before it is decided.
 *
 * @param items numbers; left out for every item that is still open
 * @param countries in which, ISO 3166-1 alpha-2; left out for everywhere
 * @param policy the rule that it seems to break
 * @param reason why it cannot stay until it is decided
 */
record InterimForm(
        Optional<List<Integer>> items,
        Optional<List<String>> countries,
        String policy,
        String reason) {
    InterimForm {
        if (policy == null) {
            throw new InvalidNoticeException("policy", Rule.MISSING);
        }
        if (reason == null) {
            throw new InvalidNoticeException("reason", Rule.MISSING);
        }
    }
}
