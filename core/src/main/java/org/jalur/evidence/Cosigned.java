package org.jalur.evidence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key's signature with a time over a checkpoint that covers the message: whoever holds that key
 * claims that it existed by then.
 *
 * @param key name of the key
 * @param at the time in the signature
 */
public record Cosigned(String key, Standing standing, Instant at) {
    /** Whose word a time is. */
    public enum Standing {
        /** A witness that the reader chose by policy. */
        CHOSEN,
        /** The other party: journal or witness. */
        OTHER_SIDE,
        /** A witness that only the maker of the file names. */
        NAMED_BY_MAKER,
        /** The maker itself; it bounds nothing. */
        MAKER
    }

    /**
     * The earliest time by somebody who is not the maker; a witness that only the maker names
     * counts if nobody else signed.
     */
    static Optional<Cosigned> earliest(List<Cosigned> all) {
        return earliest(all, Set.of(Standing.CHOSEN, Standing.OTHER_SIDE))
                .or(() -> earliest(all, Set.of(Standing.NAMED_BY_MAKER)));
    }

    private static Optional<Cosigned> earliest(List<Cosigned> all, Set<Standing> standings) {
        return all.stream()
                .filter(one -> standings.contains(one.standing()))
                .min(Comparator.comparing(Cosigned::at));
    }
}
