package org.jalur.node.exchange;

/** Learns that a message has taken effect, in the transaction that stores it. */
public interface ReceptionListener {
    /** After the feature that takes its kind. */
    void received(ReceivedMessage message);
}
