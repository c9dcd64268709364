package org.jalur.node.journal;

import java.util.List;

/** Learns which entries now stand under a signed and published checkpoint. */
public interface IntegrationListener {
    /**
     * Called on the leader's thread, in the order of the log; after a crash again for entries whose
     * effect was lost.
     */
    void integrated(List<JournalEntry> entries);

    /** Called once when a leader takes over, before anything is integrated. */
    void resumed();
}
