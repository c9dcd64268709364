package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An RFC 6962 tree kept as tiles (C2SP tlog-tiles). One thread appends; any number read proofs. An
 * append that dies halfway is repeated from the signed size with the same entries and gives the
 * same tree: what it left behind is overwritten by the same bytes.
 */
public final class TiledLog {
    /** The longest entry: its length is written in two octets (C2SP tlog-tiles). */
    public static final int MAX_ENTRY = 65_535;

    private static final int CACHED_TILES = 256;

    private final LogStorage storage;
    private final Map<String, List<Hash>> cache =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, List<Hash>> eldest) {
                            return size() > CACHED_TILES;
                        }
                    });
    private volatile RightEdge edge = RightEdge.EMPTY;

    private TiledLog(LogStorage storage) {
        this.storage = storage;
    }

    /**
     * Opens the log at a signed head, and re-hashes its right edge.
     *
     * @throws LogCorruptedException if the stored tiles do not give that head
     */
    public static TiledLog open(LogStorage storage, TreeHead head) throws IOException {
        var log = new TiledLog(storage);
        var levels = new ArrayList<List<Hash>>();
        for (int level = 0; RightEdge.count(head.size(), level) > 0; level++) {
            long count = RightEdge.count(head.size(), level);
            levels.add(
                    log.readHashes(level, count / TilePath.WIDTH, (int) (count % TilePath.WIDTH)));
        }
        int partial = (int) (head.size() % TilePath.WIDTH);
        var entries = log.readEntries(head.size() / TilePath.WIDTH, partial);
        log.edge = new RightEdge(head.size(), levels, entries);
        Hash root = log.root(head.size());
        if (!root.equals(head.root())) {
            throw new LogCorruptedException(
                    "the tiles of %d entries give root %s; signed is %s"
                            .formatted(head.size(), root, head.root()));
        }
        for (int i = 0; i < partial; i++) {
            if (!MerkleTree.leafHash(entries.get(i)).equals(log.edge.level(0).get(i))) {
                throw new LogCorruptedException(
                        "entry %d does not hash to its leaf".formatted(head.size() - partial + i));
            }
        }
        return log;
    }

    /** Writes the entries durably and returns the new head, which the caller may then sign. */
    public TreeHead append(List<byte[]> added) throws IOException {
        RightEdge old = edge;
        var levels = old.mutableLevels();
        var entries = new ArrayList<>(old.entries());
        SequencedMap<String, byte[]> objects = new LinkedHashMap<>();
        long size = old.size();
        for (byte[] entry : added) {
            entries.add(entry.clone());
            size++;
            if (entries.size() == TilePath.WIDTH) {
                objects.put(
                        TilePath.entries(size / TilePath.WIDTH - 1, TilePath.WIDTH),
                        EntryBundle.format(entries));
                entries.clear();
            }
            push(levels, 0, MerkleTree.leafHash(entry), size, objects);
        }
        if (!entries.isEmpty()) {
            objects.put(
                    TilePath.entries(size / TilePath.WIDTH, entries.size()),
                    EntryBundle.format(entries));
        }
        for (int level = 0; level < levels.size(); level++) {
            int width = levels.get(level).size();
            boolean grew = RightEdge.count(size, level) > RightEdge.count(old.size(), level);
            if (width > 0 && grew) {
                long tile = RightEdge.count(size, level) / TilePath.WIDTH;
                objects.put(TilePath.hashes(level, tile, width), concatenate(levels.get(level)));
            }
        }
        storage.write(objects);
        edge = new RightEdge(size, levels, entries);
        return head();
    }

    private static void push(
            List<List<Hash>> levels,
            int level,
            Hash hash,
            long size,
            SequencedMap<String, byte[]> objects) {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<Hash> hashes = levels.get(level);
        hashes.add(hash);
        if (hashes.size() == TilePath.WIDTH) {
            long tile = RightEdge.count(size, level) / TilePath.WIDTH - 1;
            objects.put(TilePath.hashes(level, tile, TilePath.WIDTH), concatenate(hashes));
            Hash full = MerkleTree.root(hashes);
            hashes.clear();
            push(levels, level + 1, full, size, objects);
        }
    }

    public TreeHead head() {
        long size = edge.size();
        return new TreeHead(size, root(size));
    }

    /** Where an entry stands in the tree of a size up to the present one. */
    public InclusionProof inclusionProof(long index, long size) {
        requireSize(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "no entry %d in a tree of %d".formatted(index, size));
        }
        var path = new ArrayList<Hash>();
        path(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /** How the tree of one size extends that of a smaller one. */
    public ConsistencyProof consistencyProof(long from, long to) {
        requireSize(to);
        var path = new ArrayList<Hash>();
        if (from > 0 && from < to) {
            subproof(from, 0, to, true, path);
        }
        return new ConsistencyProof(from, to, path);
    }

    public byte[] entry(long index) throws IOException {
        requireSize(index + 1);
        RightEdge now = edge;
        long tile = index / TilePath.WIDTH;
        List<byte[]> entries =
                tile == now.size() / TilePath.WIDTH
                        ? now.entries()
                        : readEntries(tile, TilePath.WIDTH);
        return entries.get((int) (index % TilePath.WIDTH)).clone();
    }

    private Hash root(long size) {
        return size == 0 ? MerkleTree.EMPTY_ROOT : range(0, size);
    }

    /** MTH of the leaves from {@code low} up to {@code high}; low is aligned as in the RFC. */
    private Hash range(long low, long high) {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return node(height, low >> height);
        }
        long split = low + MerkleTree.split(count);
        return MerkleTree.nodeHash(range(low, split), range(split, high));
    }

    private void path(long index, long low, long high, List<Hash> path) {
        if (high - low == 1) {
            return;
        }
        long split = low + MerkleTree.split(high - low);
        if (index < split) {
            path(index, low, split, path);
            path.add(range(split, high));
        } else {
            path(index, split, high, path);
            path.add(range(low, split));
        }
    }

    /** SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2; {@code from} counts from {@code low}. */
    private void subproof(long from, long low, long high, boolean whole, List<Hash> path) {
        if (from == high - low) {
            if (!whole) {
                path.add(range(low, high));
            }
            return;
        }
        long half = MerkleTree.split(high - low);
        if (from <= half) {
            subproof(from, low, low + half, whole, path);
            path.add(range(low + half, high));
        } else {
            subproof(from - half, low + half, high, false, path);
            path.add(range(low, low + half));
        }
    }

    /** The root of a full subtree: {@code 2^height} leaves, the {@code index}-th of its kind. */
    private Hash node(int height, long index) {
        int level = height / 8;
        int span = 1 << (height % 8);
        long first = index * span;
        List<Hash> tile = tile(level, first / TilePath.WIDTH);
        int offset = (int) (first % TilePath.WIDTH);
        return MerkleTree.root(tile.subList(offset, offset + span));
    }

    private List<Hash> tile(int level, long tile) {
        RightEdge now = edge;
        if (tile == RightEdge.count(now.size(), level) / TilePath.WIDTH) {
            return now.level(level);
        }
        String path = TilePath.hashes(level, tile, TilePath.WIDTH);
        List<Hash> cached = cache.get(path);
        if (cached == null) {
            try {
                cached = readHashes(level, tile, TilePath.WIDTH);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            cache.put(path, cached);
        }
        return cached;
    }

    private List<Hash> readHashes(int level, long tile, int width) throws IOException {
        if (width == 0) {
            return List.of();
        }
        byte[] bytes =
                readTile(
                        TilePath.hashes(level, tile, width),
                        TilePath.hashes(level, tile, TilePath.WIDTH));
        if (bytes.length < width * Hash.LENGTH || bytes.length % Hash.LENGTH != 0) {
            throw new LogCorruptedException(
                    "%s has %d bytes".formatted(TilePath.hashes(level, tile, width), bytes.length));
        }
        var hashes = new ArrayList<Hash>(width);
        for (int i = 0; i < width; i++) {
            hashes.add(
                    Hash.of(
                            java.util.Arrays.copyOfRange(
                                    bytes, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        return List.copyOf(hashes);
    }

    private List<byte[]> readEntries(long tile, int width) throws IOException {
        if (width == 0) {
            return List.of();
        }
        String path = TilePath.entries(tile, width);
        List<byte[]> entries =
                EntryBundle.parse(readTile(path, TilePath.entries(tile, TilePath.WIDTH)), path);
        if (entries.size() < width) {
            throw new LogCorruptedException("%s has %d entries".formatted(path, entries.size()));
        }
        return entries.subList(0, width);
    }

    /** A full tile stands in for each of its partial ones (C2SP tlog-tiles). */
    private byte[] readTile(String path, String full) throws IOException {
        var bytes = storage.read(path);
        if (bytes.isEmpty()) {
            bytes = storage.read(full);
        }
        return bytes.orElseThrow(() -> new LogCorruptedException(path + " is missing"));
    }

    private void requireSize(long size) {
        if (size < 0 || size > edge.size()) {
            throw new IllegalArgumentException(
                    "no tree of %d entries; the log has %d".formatted(size, edge.size()));
        }
    }

    private static byte[] concatenate(List<Hash> hashes) {
        byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }
}
