package org.jalur.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tiles and bundles as they lie in the storage: checked for their form, not yet believed.
record StoredTiles(LogStorage storage) {
    Tile tile(TilePath path) {
        Tile stored = read(path, TilePath::hashes, Tile::decode);
        return new Tile(stored.hashes().subList(0, path.width()));
    }

    List<byte[]> entries(TilePath path) {
        return read(path, TilePath::entries, EntryBundle::decode).subList(0, path.width());
    }

    /// Reads the right edge of the log with this head, and believes it only if it gives the root.
    RightEdge edge(TreeHead head) {
        List<Tile> tiles = new ArrayList<>();
        for (int level = 0; level < RightEdge.LEVELS; level++) {
            TilePath path = RightEdge.rightmost(level, head.size());
            tiles.add(path.width() == 0 ? Tile.EMPTY : tile(path));
        }
        Hash root = new RightEdge(head.size(), tiles, List.of()).root();
        if (!root.equals(head.root())) {
            checkBundle(tiles.getFirst(), head.size());
            checkFullTilesBelow(tiles, head.size());
            throw new LogCorruptedException(
                    "the tiles of size "
                            + head.size()
                            + " agree with each other, but their root is "
                            + root
                            + ", not "
                            + head.root()
                            + ": another log, or the rightmost tiles were exchanged");
        }
        return new RightEdge(head.size(), tiles, checkBundle(tiles.getFirst(), head.size()));
    }

    private List<byte[]> checkBundle(Tile leaves, long size) {
        TilePath path = RightEdge.rightmost(0, size);
        if (path.width() == 0) {
            return List.of();
        }
        List<byte[]> entries = entries(path);
        List<Hash> hashes = entries.stream().map(MerkleTree::leafHash).toList();
        if (!hashes.equals(leaves.hashes())) {
            throw new LogCorruptedException(path + " is not over the entries in " + path.entries());
        }
        return entries;
    }

    /// Only to name the culprit when the root is wrong: each hash of the right edge has its tile
    /// one level below.
    private void checkFullTilesBelow(List<Tile> tiles, long size) {
        for (int level = 1; level < RightEdge.LEVELS; level++) {
            TilePath path = RightEdge.rightmost(level, size);
            for (int i = 0; i < path.width(); i++) {
                TilePath below = TilePath.full(level - 1, path.number() * TilePath.FULL + i);
                if (!tile(below).root().equals(tiles.get(level).hashes().get(i))) {
                    throw new LogCorruptedException(path + " does not hold the root of " + below);
                }
            }
        }
    }

    /// tlog-tiles, "Partial Tiles": one that is gone is the beginning of the full one.
    private <T> T read(TilePath path, Function<TilePath, String> place, Decoder<T> decoder) {
        Optional<byte[]> bytes = storage.read(place.apply(path));
        if (bytes.isPresent()) {
            return decoder.decode(path, bytes.get());
        }
        TilePath full = TilePath.full(path.level(), path.number());
        return storage.read(place.apply(full))
                .map(found -> decoder.decode(full, found))
                .orElseThrow(() -> new LogCorruptedException(place.apply(path) + " is missing"));
    }

    private interface Decoder<T> {
        T decode(TilePath path, byte[] bytes);
    }
}
