package org.jalur.node.exchange;

import java.time.Instant;

/** Learns that a message has its receipt, in the transaction that stores the receipt. */
public interface DeliveryListener {
    /**
     * @param receivedAt the receiver's time, from which clocks count
     */
    void delivered(SentMessage message, Instant receivedAt);
}
