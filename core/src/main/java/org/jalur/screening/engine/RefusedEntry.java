package org.jalur.screening.engine;

import java.util.UUID;
import org.jalur.screening.BrokenRule;

/** An entry breaks a rule. Nothing unusual in lists that others write: no stack trace. */
final class RefusedEntry extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final transient BrokenRule broken;

    RefusedEntry(String value, BrokenRule broken) {
        super(broken.sentence() + ": " + value, null, false, false);
        this.value = value;
        this.broken = broken;
    }

    Refusal of(UUID entry) {
        return new Refusal(entry, value, broken);
    }
}
