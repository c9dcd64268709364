package org.jalur.node.notifications.carriers;

import java.time.Duration;

/** A way out of the node; exists only where the operator has set it up. */
public interface Carrier {
    Channel channel();

    /**
     * Sends once. The same letter may come again after a crash, with the same id.
     *
     * @param address as its owner confirmed it, or is about to
     */
    Outcome send(String address, Letter letter);

    /**
     * Whether something could be sent there at all, before anything is.
     *
     * @param address as it was typed
     */
    boolean accepts(String address);

    /** What became of a try. */
    sealed interface Outcome {
        record Sent() implements Outcome {}

        /**
         * Not now.
         *
         * @param pause at least so long
         * @param reason a word of the texts' family {@code trouble}, and a status where there is
         *     one
         */
        record Later(Duration pause, String reason) implements Outcome {}

        /** Never, however often it is tried. */
        record Refused(String reason) implements Outcome {}
    }
}
