package org.jalur.agreement.check;

import java.util.List;
import org.jalur.agreement.Deadline;

/** What an agreement says to a notice. */
public sealed interface Answer {
    /**
     * It may be filed. An emergency counts once somebody called back.
     *
     * @param deadline by which it is decided
     */
    record Covered(Deadline deadline) implements Answer {}

    /**
     * It is refused.
     *
     * @param breaches all of them, the most fundamental first; of each kind of missing evidence the
     *     first item
     */
    record Refused(List<Breach> breaches) implements Answer {
        public Refused {
            breaches = List.copyOf(breaches);
            if (breaches.isEmpty()) {
                throw new IllegalArgumentException("a refusal names what was broken");
            }
        }
    }
}
