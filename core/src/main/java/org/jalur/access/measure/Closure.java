package org.jalur.access.measure;

import java.time.Instant;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/**
 * Somebody's word that a name will not be measured at a resolver, so that a silent one cannot keep
 * a lift open for ever.
 *
 * @param by account of that person
 */
public record Closure(Cell cell, String reason, String by, Instant at) {
    public Closure {
        if (reason.isBlank()) {
            throw new InvalidAccessException("reason", AccessRule.EMPTY);
        }
    }
}
