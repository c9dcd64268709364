package org.jalur.evidence;

import java.time.Instant;
import java.util.Optional;

/** What the file shows about the arrival of a message. */
public sealed interface Delivery {
    /**
     * The receiver signed for it.
     *
     * @param at when, as the receiver says
     * @param journaled the receipt's earliest time by a key that is not the maker's, where the file
     *     has the receipt's own entry
     */
    record Received(Instant at, Optional<Cosigned> journaled) implements Delivery {}

    /** There is no receipt, or none that holds. The message may have arrived or not. */
    record NotProven() implements Delivery {}
}
