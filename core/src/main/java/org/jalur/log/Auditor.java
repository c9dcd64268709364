package org.jalur.log;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Walks once through a log, from left to right.
///
/// Trust comes from above: a full tile is believed if it has the root that the tile above holds for
/// it, the right edge if it gives the head's root. Where a tile is not believed, what lies below it
/// is hashed in its place: one wrong tile neither hides nor accuses others.
final class Auditor {
    private final StoredTiles stored;
    private final TreeHead head;
    private final LongConsumer progress;
    private final List<LogAudit.Finding> findings = new ArrayList<>();
    private long entries;

    Auditor(LogStorage storage, TreeHead head, LongConsumer progress) {
        this.stored = new StoredTiles(storage);
        this.head = head;
        this.progress = progress;
    }

    LogAudit audit() {
        List<Optional<Tile>> edge = new ArrayList<>();
        for (int level = 0; level < RightEdge.LEVELS; level++) {
            edge.add(tile(RightEdge.rightmost(level, head.size())));
        }
        boolean believed = isHead(edge);
        List<Optional<Tile>> below = new ArrayList<>();
        // The highest level begins at the left end of the log.
        for (int level = RightEdge.LEVELS - 1; level >= 0; level--) {
            TilePath path = RightEdge.rightmost(level, head.size());
            below.addFirst(below(path, edge.get(level), believed));
        }
        if (!believed && !isHead(below)) {
            find("", "what is stored does not give the root " + head.root());
        }
        return new LogAudit(head, entries, findings, !isStopped());
    }

    private boolean isHead(List<Optional<Tile>> edge) {
        List<Tile> tiles = edge.stream().flatMap(Optional::stream).toList();
        return tiles.size() == RightEdge.LEVELS
                && new RightEdge(head.size(), tiles, List.of()).root().equals(head.root());
    }

    /// Checks a full tile and all below it.
    ///
    /// @param expected what the tile above holds for it; empty if that one is not believed
    /// @return the tile's root as far as it is known
    private Optional<Hash> full(TilePath path, Optional<Hash> expected) {
        Optional<Tile> tile = tile(path);
        boolean believed = expected.isPresent() && tile.map(Tile::root).equals(expected);
        if (believed || expected.isEmpty()) {
            return below(path, tile, believed).map(Tile::root);
        }
        if (tile.isPresent()) {
            find(path.hashes(), "does not have the root " + expected.get() + " held above it");
        }
        Optional<Hash> root = below(path, Optional.empty(), false).map(Tile::root);
        if (root.isPresent() && !root.equals(expected)) {
            String below = path.level() == 0 ? path.entries() : path.hashes();
            find(below, "what is stored below the tile does not have that root either");
        }
        return root;
    }

    /// Checks what lies below a tile, full or not, and compares.
    ///
    /// @return the tile as far as it is known: itself if believed, else what lies below it, else
    ///   itself
    private Optional<Tile> below(TilePath path, Optional<Tile> tile, boolean believed) {
        Optional<Tile> below =
                path.level() == 0 ? leaves(path) : roots(path, tile.filter(_ -> believed));
        if (tile.isPresent() && below.isPresent() && !tile.equals(below)) {
            long position = path.number() * TilePath.FULL + difference(tile.get(), below.get());
            if (path.level() > 0 && !believed) {
                find(path.hashes(), "hash " + position + " is not the root of the tile below it");
            } else if (path.level() == 0 && believed) {
                find(path.entries(), "entry " + position + " is not the one in " + path.hashes());
            } else if (path.level() == 0) {
                find(path.hashes(), "hash " + position + " is not over " + path.entries());
            }
        }
        return believed ? tile : below.or(() -> tile);
    }

    private Optional<Tile> leaves(TilePath path) {
        if (path.width() == 0) {
            return Optional.of(Tile.EMPTY);
        }
        Optional<List<byte[]>> bundle = read(path.entries(), () -> stored.entries(path));
        entries += path.width();
        progress.accept(entries);
        return bundle.map(all -> new Tile(all.stream().map(MerkleTree::leafHash).toList()));
    }

    private Optional<Tile> roots(TilePath path, Optional<Tile> believed) {
        List<Hash> roots = new ArrayList<>(path.width());
        for (int i = 0; i < path.width() && !isStopped(); i++) {
            int position = i;
            TilePath child = TilePath.full(path.level() - 1, path.number() * TilePath.FULL + i);
            full(child, believed.map(tile -> tile.hashes().get(position))).ifPresent(roots::add);
        }
        return Optional.of(new Tile(roots)).filter(tile -> tile.width() == path.width());
    }

    private Optional<Tile> tile(TilePath path) {
        return path.width() == 0
                ? Optional.of(Tile.EMPTY)
                : read(path.hashes(), () -> stored.tile(path));
    }

    private <T> Optional<T> read(String path, Supplier<T> object) {
        try {
            return Optional.of(object.get());
        } catch (LogCorruptedException | UncheckedIOException e) {
            find(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static int difference(Tile one, Tile other) {
        int i = 0;
        while (one.hashes().get(i).equals(other.hashes().get(i))) {
            i++;
        }
        return i;
    }

    private void find(String path, String problem) {
        if (!isStopped()) {
            findings.add(new LogAudit.Finding(path, problem));
        }
    }

    private boolean isStopped() {
        return findings.size() >= LogAudit.MAX_FINDINGS;
    }
}
