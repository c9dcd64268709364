package org.jalur.node.journal;

import java.util.List;
import org.jalur.log.SignedNote;

/** Asked at the start for what they have seen of this journal: the border to the network. */
public interface KnownWitnesses {
    /**
     * The newest checkpoints that others hold of the log, unchecked. Who does not answer in time is
     * left out: silence is no reason to stop.
     */
    List<SignedNote> seen(String origin);
}
