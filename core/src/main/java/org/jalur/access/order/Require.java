package org.jalur.access.order;

import java.util.Collection;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;

/** Checks that the records of this package share. */
final class Require {
    static final int NAME = 200;
    static final int TEXT = 4_000;

    private Require() {}

    static void words(String field, String value, int most) {
        if (value.isBlank()) {
            throw new InvalidAccessException(field, AccessRule.EMPTY);
        }
        if (value.length() > most) {
            throw new InvalidAccessException(field, AccessRule.TOO_LONG, value.length(), most);
        }
    }

    static void some(String field, Collection<?> values, int most) {
        if (values.isEmpty()) {
            throw new InvalidAccessException(field, AccessRule.NONE);
        }
        if (values.size() > most) {
            throw new InvalidAccessException(field, AccessRule.TOO_MANY, values.size(), most);
        }
    }
}
