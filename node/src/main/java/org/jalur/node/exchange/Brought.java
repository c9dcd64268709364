package org.jalur.node.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What a peer that only pulls brings back from an {@link Errand}. Nothing of it is believed unseen.
 *
 * @param cosigned its answer as a witness, with the checkpoint that it answers for
 * @param tiles of its journal
 * @param conflict whether it took the proof; absent where none was handed over
 */
public record Brought(Optional<Cosigned> cosigned, List<Tile> tiles, Optional<Boolean> conflict) {
    public Brought {
        tiles = List.copyOf(tiles);
    }

    /**
     * @param status as over HTTP (C2SP tlog-witness)
     * @param body likewise
     * @param checkpoint the note it was asked to cosign
     */
    public record Cosigned(int status, String body, String checkpoint) {}

    /**
     * @param octets in base64; absent if its journal has no such tile
     */
    public record Tile(String path, Optional<String> octets) {}
}
