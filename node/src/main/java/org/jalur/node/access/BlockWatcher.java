package org.jalur.node.access;

import java.util.UUID;

/**
 * Another feature that keeps something of a block beside its messages. It is told in the
 * transaction of whatever changed the block, also when the time alone did, and when an order comes
 * back to a database that lost it.
 */
public interface BlockWatcher {
    /**
     * @param block of this authority, sent already; whoever looks it up finds it as it stands now
     */
    void changed(UUID block);
}
