package org.jalur.node.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What a peer that cannot be called is asked to do when it pulls.
 *
 * @param addCheckpoint a request to cosign (C2SP tlog-witness, "add-checkpoint")
 * @param tiles paths of its own journal's tiles that are wanted (C2SP tlog-tiles)
 * @param conflict proof that its own journal has two histories
 */
public record Errand(
        Optional<String> addCheckpoint, List<String> tiles, Optional<String> conflict) {
    /** Nothing to do. */
    public static final Errand NONE = new Errand(Optional.empty(), List.of(), Optional.empty());

    /** Most tiles asked for at once: 32 of 8 KiB. */
    public static final int MOST_TILES = 32;

    public Errand {
        tiles = List.copyOf(tiles);
    }

    boolean isNone() {
        return addCheckpoint.isEmpty() && tiles.isEmpty() && conflict.isEmpty();
    }
}
