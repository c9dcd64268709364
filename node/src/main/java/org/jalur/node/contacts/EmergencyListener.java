package org.jalur.node.contacts;

import java.util.UUID;

/** Learns that an emergency counts from now on, in the transaction that records it. */
public interface EmergencyListener {
    /**
     * @param subject the case or the notice; its clock is to be set again
     */
    void confirmed(UUID subject);
}
