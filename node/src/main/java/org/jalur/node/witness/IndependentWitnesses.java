package org.jalur.node.witness;

import java.util.List;
import org.jalur.log.NoteVerifier;

/** The witnesses of the operator's policy that are neither side of a channel. */
public interface IndependentWitnesses {
    List<NoteVerifier> keys();
}
