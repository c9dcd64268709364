package org.jalur.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an append needs to know of a tree, however large: the partial tile of each level and the
/// entries of the last bundle.
///
/// Never changes; {@link #plus} makes a new one. The arrays in `entries` are not shared with anyone
/// who could change them.
///
/// @param size number of entries in the log
/// @param tiles the rightmost tile by level, of `floor(size / 256^level) mod 256` hashes, perhaps
///   none
/// @param entries those of the last bundle, `size mod 256`
record RightEdge(long size, List<Tile> tiles, List<byte[]> entries) {
    /// Enough for 2^63 - 1 entries.
    static final int LEVELS = 8;

    RightEdge {
        tiles = List.copyOf(tiles);
        entries = List.copyOf(entries);
    }

    /// Where the rightmost tile of a level is in a tree of a size; the width may be 0.
    static TilePath rightmost(int level, long size) {
        long hashes = size >>> (level * TilePath.HEIGHT);
        return new TilePath(level, hashes / TilePath.FULL, (int) (hashes % TilePath.FULL));
    }

    Tile tile(int level) {
        return tiles.get(level);
    }

    /// Whether the tile is complete, so that its root is in the level above.
    boolean isBehind(int level, long number) {
        return number < rightmost(level, size).number();
    }

    /// The root over all entries: the perfect subtrees that it is made of all lie in the rightmost
    /// tiles.
    Hash root() {
        Subtrees rightmost =
                (start, height) -> {
                    int level = height / TilePath.HEIGHT;
                    long position = start >>> (level * TilePath.HEIGHT);
                    return tile(level)
                            .root((int) (position % TilePath.FULL), height % TilePath.HEIGHT);
                };
        return rightmost.root(size);
    }

    /// This edge with more entries, and every object that must be written before anyone may rely on
    /// it.
    Growth plus(List<byte[]> added) {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        List<Hash> leaves = new ArrayList<>(added.size());
        added.forEach(entry -> leaves.add(MerkleTree.leafHash(entry)));
        List<byte[]> bundle = bundle(added, objects);

        List<Tile> grown = new ArrayList<>(LEVELS);
        List<Hash> carried = leaves;
        for (int level = 0; level < LEVELS; level++) {
            carried = grow(level, carried, grown, objects);
        }
        return new Growth(new RightEdge(Math.addExact(size, added.size()), grown, bundle), objects);
    }

    private List<byte[]> bundle(List<byte[]> added, Map<String, byte[]> objects) {
        List<byte[]> all = new ArrayList<>(entries);
        all.addAll(added);
        TilePath first = rightmost(0, size);
        int full = all.size() / TilePath.FULL * TilePath.FULL;
        for (int begin = 0; begin < full; begin += TilePath.FULL) {
            TilePath path = TilePath.full(0, first.number() + begin / TilePath.FULL);
            objects.put(
                    path.entries(), EntryBundle.encode(all.subList(begin, begin + TilePath.FULL)));
        }
        List<byte[]> rest = all.subList(full, all.size());
        if (!rest.isEmpty()) {
            TilePath path = new TilePath(0, first.number() + full / TilePath.FULL, rest.size());
            objects.put(path.entries(), EntryBundle.encode(rest));
        }
        return rest;
    }

    /// @return the roots of the tiles that became full: new hashes for the level above
    private List<Hash> grow(
            int level, List<Hash> added, List<Tile> grown, Map<String, byte[]> objects) {
        if (added.isEmpty()) {
            grown.add(tile(level));
            return added;
        }
        List<Hash> all = new ArrayList<>(tile(level).hashes());
        all.addAll(added);
        long number = rightmost(level, size).number();
        List<Hash> roots = new ArrayList<>();
        int begin = 0;
        for (; begin + TilePath.FULL <= all.size(); begin += TilePath.FULL) {
            var full = new Tile(all.subList(begin, begin + TilePath.FULL));
            objects.put(TilePath.full(level, number++).hashes(), full.encode());
            roots.add(full.root());
        }
        var rest = new Tile(all.subList(begin, all.size()));
        if (rest.width() > 0) {
            objects.put(new TilePath(level, number, rest.width()).hashes(), rest.encode());
        }
        grown.add(rest);
        return roots;
    }

    /// A new edge and the objects to write for it.
    record Growth(RightEdge edge, Map<String, byte[]> objects) {}
}
