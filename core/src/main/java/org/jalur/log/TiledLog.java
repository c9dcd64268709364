package org.jalur.log;

import java.util.List;

/// An append-only log as tiles that any tlog client can read (C2SP tlog-tiles).
///
/// One thread appends at a time, any number read meanwhile. The right edge of the tree is kept in
/// memory (at most 8 tiles and 255 entries), so an append reads nothing and writes only the tiles
/// it changes. Every tile that is read is checked up to the head: what comes out is right, or a
/// {@link LogCorruptedException} names the tile.
///
/// It does not sign and does not know which head was signed: whoever opens it says which head is
/// the true one.
public final class TiledLog {
    /// Largest entry in bytes: its length is stored in two.
    public static final int MAX_ENTRY_BYTES = EntryBundle.MAX_ENTRY;

    private final LogStorage storage;
    private final StoredTiles stored;
    private final VerifiedTiles verified;
    private volatile State state;

    private TiledLog(LogStorage storage, State state) {
        this.storage = storage;
        this.stored = new StoredTiles(storage);
        this.verified = new VerifiedTiles(stored);
        this.state = state;
    }

    /// Opens the log with this head, after reading its right edge and hashing it again. A new log
    /// has size 0 and {@link MerkleTree#EMPTY_ROOT}. Tiles beyond the size, as a crash leaves them,
    /// are not looked at.
    ///
    /// @throws LogCorruptedException if the tiles do not give the root
    /// @throws IllegalArgumentException if size and root are no {@link TreeHead}
    /// @throws java.io.UncheckedIOException if the storage cannot be read
    public static TiledLog open(LogStorage storage, long size, Hash root) {
        var head = new TreeHead(size, root);
        return new TiledLog(storage, new State(new StoredTiles(storage).edge(head), head));
    }

    /// Where clients find the newest entries of a log that holds `size` of them, as in
    /// `tile/entries/000.p/27`; at least one.
    public static String newestEntries(long size) {
        long number = (size - 1) / TilePath.FULL;
        return new TilePath(0, number, (int) (size - number * TilePath.FULL)).entries();
    }

    /// Size and root after the last append.
    public TreeHead head() {
        return state.head;
    }

    /// Size and root when the log was smaller.
    ///
    /// @throws IllegalArgumentException if the log never had that size
    public TreeHead head(long size) {
        State now = state;
        checkSize(size, now);
        return new TreeHead(size, verified.subtrees(now.edge).root(size));
    }

    /// Adds entries at the end, and returns the new head once everything below it is durable.
    ///
    /// After an exception the log is as before, and the same entries can be appended again, here or
    /// after opening it anew with the old head: they give the same tree. Other entries instead are
    /// refused where a full tile was written already.
    ///
    /// @param entries at most {@value #MAX_ENTRY_BYTES} bytes each; none at all changes nothing
    /// @throws IllegalArgumentException if an entry is too large; nothing was written
    /// @throws ImmutableObjectException if the storage holds a full tile or bundle with other
    ///   entries
    /// @throws java.io.UncheckedIOException if the storage cannot be written
    public synchronized TreeHead append(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return state.head;
        }
        entries.forEach(TiledLog::checkLength);
        RightEdge.Growth growth = state.edge.plus(entries.stream().map(byte[]::clone).toList());
        storage.writeAll(growth.objects());
        var head = new TreeHead(growth.edge().size(), growth.edge().root());
        state = new State(growth.edge(), head);
        return head;
    }

    /// The bytes of the entry at a zero-based index.
    ///
    /// @throws IllegalArgumentException if the log has no such entry
    /// @throws LogCorruptedException if its bundle is not what the log vouches for
    public byte[] entry(long index) {
        State now = state;
        checkIndex(index, now);
        int offset = (int) (index % TilePath.FULL);
        if (!now.edge.isBehind(0, index / TilePath.FULL)) {
            return now.edge.entries().get(offset).clone();
        }
        TilePath path = TilePath.full(0, index / TilePath.FULL);
        byte[] entry = stored.entries(path).get(offset);
        if (!MerkleTree.leafHash(entry).equals(verified.hash(now.edge, 0, index))) {
            throw new LogCorruptedException(
                    path.entries() + " holds another entry " + index + " than the log vouches for");
        }
        return entry;
    }

    /// The leaf hash of the entry at a zero-based index.
    ///
    /// @throws IllegalArgumentException if the log has no such entry
    /// @throws LogCorruptedException if a tile is not what the log vouches for
    public Hash leafHash(long index) {
        State now = state;
        checkIndex(index, now);
        return verified.hash(now.edge, 0, index);
    }

    /// Proves that the entry at a zero-based index was in the log when it had a size.
    ///
    /// @throws IllegalArgumentException if it was not, or the log never had that size
    /// @throws LogCorruptedException if a tile is not what the log vouches for
    public InclusionProof inclusionProof(long index, long size) {
        State now = state;
        checkSize(size, now);
        return verified.subtrees(now.edge).inclusionProof(index, size);
    }

    /// Proves that nothing changed in the first `from` entries when the log grew to `to`.
    ///
    /// @throws IllegalArgumentException if `from` is larger than `to`, or the log never had these
    ///   sizes
    /// @throws LogCorruptedException if a tile is not what the log vouches for
    public ConsistencyProof consistencyProof(long from, long to) {
        State now = state;
        checkSize(to, now);
        return verified.subtrees(now.edge).consistencyProof(from, to);
    }

    private static void checkLength(byte[] entry) {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException(
                    "an entry of " + entry.length + " bytes is larger than " + MAX_ENTRY_BYTES);
        }
    }

    private static void checkSize(long size, State now) {
        if (size < 0 || size > now.head.size()) {
            throw new IllegalArgumentException(
                    "the log has size " + now.head.size() + ", never had " + size);
        }
    }

    private static void checkIndex(long index, State now) {
        if (index < 0 || index >= now.head.size()) {
            throw new IllegalArgumentException(
                    "the log has size " + now.head.size() + ", no entry " + index);
        }
    }

    /// Both change together, so that a reader never sees one without the other.
    private record State(RightEdge edge, TreeHead head) {}
}
