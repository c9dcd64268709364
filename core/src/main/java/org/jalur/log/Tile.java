package org.jalur.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Up to 256 consecutive hashes of one level of the tree (C2SP tlog-tiles, "Merkle Tree"). Never
/// changes.
///
/// @param hashes from left to right
record Tile(List<Hash> hashes) {
    static final Tile EMPTY = new Tile(List.of());

    Tile {
        hashes = List.copyOf(hashes);
    }

    /// Reads concatenated hashes; the path says how many there must be.
    static Tile decode(TilePath path, byte[] bytes) {
        if (bytes.length != path.width() * Hash.BYTES) {
            throw new LogCorruptedException(
                    path + " has " + bytes.length + " bytes, not " + path.width() * Hash.BYTES);
        }
        List<Hash> hashes = new ArrayList<>(path.width());
        for (int offset = 0; offset < bytes.length; offset += Hash.BYTES) {
            hashes.add(Hash.of(Arrays.copyOfRange(bytes, offset, offset + Hash.BYTES)));
        }
        return new Tile(hashes);
    }

    byte[] encode() {
        byte[] bytes = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Hash.BYTES);
        }
        return bytes;
    }

    /// The root of the part with `2^height` hashes from `offset`; height 8 is the whole of a full
    /// tile.
    Hash root(int offset, int height) {
        return height == 0
                ? hashes.get(offset)
                : MerkleTree.root(hashes.subList(offset, offset + (1 << height)));
    }

    Hash root() {
        return root(0, TilePath.HEIGHT);
    }

    int width() {
        return hashes.size();
    }
}
