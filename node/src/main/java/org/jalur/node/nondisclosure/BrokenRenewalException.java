package org.jalur.node.nondisclosure;

import org.jalur.agreement.check.Breach;

/** A renewal that the agreement does not let be asked for. */
final class BrokenRenewalException extends RuntimeException {
    private final transient Breach breach;

    BrokenRenewalException(Breach breach) {
        super("Clause %s.".formatted(breach.sentence()));
        this.breach = breach;
    }

    Breach breach() {
        return breach;
    }
}
