package org.jalur.node.exchange;

import java.time.Instant;
import java.util.List;

/** Learns that messages have their receipts, in the transaction that stores the receipts. */
public interface DeliveryListener {
    /** In the order of the channel. */
    void delivered(List<Delivered> messages);

    /**
     * @param receivedAt the receiver's time, from which clocks count
     */
    record Delivered(SentMessage message, Instant receivedAt) {
        public Delivered {}
    }
}
