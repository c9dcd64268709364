package org.jalur.log;

import java.util.LinkedHashMap;
import java.util.Map;

/// Full tiles, each believed only if the tile above holds its root, up to the right edge that the
/// log's head vouches for.
///
/// Remembers the tiles used last; for any number of threads.
final class VerifiedTiles {
    private static final int REMEMBERED = 128;

    private final StoredTiles stored;
    private final Map<TilePath, Tile> recent =
            new LinkedHashMap<>(2 * REMEMBERED, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TilePath, Tile> eldest) {
                    return size() > REMEMBERED;
                }
            };

    VerifiedTiles(StoredTiles stored) {
        this.stored = stored;
    }

    /// The tile at this place in the tree that has this right edge.
    Tile tile(RightEdge edge, int level, long number) {
        if (!edge.isBehind(level, number)) {
            return edge.tile(level);
        }
        TilePath path = TilePath.full(level, number);
        synchronized (recent) {
            Tile known = recent.get(path);
            if (known != null) {
                return known;
            }
        }
        Tile tile = stored.tile(path);
        Hash expected = hash(edge, level + 1, number);
        if (!tile.root().equals(expected)) {
            throw new LogCorruptedException(
                    path + " does not have the root " + expected + " that the log vouches for");
        }
        synchronized (recent) {
            recent.put(path, tile);
        }
        return tile;
    }

    /// The hash at a position of a level.
    Hash hash(RightEdge edge, int level, long position) {
        return tile(edge, level, position / TilePath.FULL)
                .hashes()
                .get((int) (position % TilePath.FULL));
    }

    /// All perfect subtrees of the tree that has this right edge.
    Subtrees subtrees(RightEdge edge) {
        return (start, height) -> {
            int level = height / TilePath.HEIGHT;
            long position = start >>> (level * TilePath.HEIGHT);
            return tile(edge, level, position / TilePath.FULL)
                    .root((int) (position % TilePath.FULL), height % TilePath.HEIGHT);
        };
    }
}
