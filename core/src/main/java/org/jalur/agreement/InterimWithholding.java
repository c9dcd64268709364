package org.jalur.agreement;

import java.time.Duration;
import java.util.Set;
import org.jalur.notice.Urgency;

/**
 * Content may be withheld, reversibly, before it is decided.
 *
 * @param longest after which it ends by itself
 */
public record InterimWithholding(Set<String> categories, Set<Urgency> urgencies, Duration longest) {
    public InterimWithholding {
        categories = Require.some("categories", categories);
        urgencies = Require.some("urgencies", urgencies);
        Require.time("longest", longest, Duration.ofMinutes(1), Duration.ofDays(31));
    }
}
