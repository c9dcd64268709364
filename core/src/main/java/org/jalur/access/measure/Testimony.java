package org.jalur.access.measure;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.zone.Serial;

/**
 * What one probe heard from a resolver about a name, and about the zone that it follows. It says
 * nothing of what that means: a probe in a provider's network has no control resolver beside it.
 *
 * @param askedAt before the first question was sent
 * @param canary the answer for it; empty if it was not asked for
 * @param serial of the zone, as the resolver gives it; empty if it gives none
 * @param heard by the way it was asked; what a silent resolver was not asked any more is missing
 */
public record Testimony(
        Instant askedAt, Optional<Heard> canary, Optional<Serial> serial, Map<Way, Heard> heard) {
    public Testimony {
        heard = Map.copyOf(heard);
        if (heard.isEmpty()) {
            throw new IllegalArgumentException("a testimony that tells of no question");
        }
    }

    /**
     * Whether the resolver follows the zone.
     *
     * @param control what the control resolver says of the canary
     * @param newest serial that was published before anything was asked
     */
    Canary canary(Comparison comparison, Heard control, Serial newest) {
        return canary.map(answer ->
                        switch (comparison.of(answer, control, Canary.NOT_USED).state()) {
                            case BLOCKED ->
                                    serial.filter(one -> !newest.isAfter(one)).isPresent()
                                            ? Canary.CURRENT
                                            : Canary.BLOCKED;
                            case OPEN -> Canary.OPEN;
                            case SILENT, UNCLEAR -> Canary.UNKNOWN;
                        })
                .orElse(Canary.NOT_USED);
    }
}
