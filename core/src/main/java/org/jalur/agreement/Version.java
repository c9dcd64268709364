package org.jalur.agreement;

import java.util.Optional;
import org.jalur.log.Hash;

/**
 * Which version this is, and what it replaces.
 *
 * @param number from 1
 * @param previous SHA-256 of the octets of the version before; only the first has none
 */
public record Version(int number, Optional<Hash> previous) {
    public Version {
        Require.between("number", number, 1, 1_000_000);
        if (previous.isPresent() != (number > 1)) {
            throw new InvalidTermException("previous", TermRule.PREVIOUS, number);
        }
    }

    public static Version first() {
        return new Version(1, Optional.empty());
    }

    /**
     * @param digest of the octets of this one
     */
    public Version next(Hash digest) {
        return new Version(number + 1, Optional.of(digest));
    }
}
