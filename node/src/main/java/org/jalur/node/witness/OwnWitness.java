package org.jalur.node.witness;

import java.util.Optional;
import org.jalur.log.CheckpointStore;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.register.OwnKeys;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Cosigns the checkpoints of peers. What it cosigned is in a store of its own: whoever asks does
 * not wait for the journal, nor it for them.
 */
@Component
class OwnWitness {
    private final PeerKeys peers;
    private final OwnKeys keys;
    private final CheckpointStore store;

    OwnWitness(PeerKeys peers, OwnKeys keys, @Qualifier("cosigned") CheckpointStore store) {
        this.peers = peers;
        this.keys = keys;
        this.store = store;
    }

    /** With the keys that sign now; what it has seen is in the store. */
    private Witness witness() {
        return new Witness(peers::ofLog, store, keys.witnessSigners().toArray(NoteSigner[]::new));
    }

    WitnessAnswer addCheckpoint(byte[] request) {
        return witness().addCheckpoint(request);
    }

    /** What it cosigned last of the log whose origin has this hash. */
    Optional<SignedNote> checkpoint(Hash originHash) {
        return witness().checkpoint(originHash);
    }
}
