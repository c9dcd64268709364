package org.jalur.node.exchange;

import java.util.List;

/** A feature that has something to put right once all messages are back. */
public interface RecoveryListener {
    /**
     * In a transaction of its own, before the journal goes on; again if a recovery was killed.
     *
     * @return sentences for the operator, on what nobody can bring back
     */
    List<String> recovered();
}
