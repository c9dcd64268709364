package org.jalur.screening.similar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/// All text sketches within a distance.
///
/// A sketch is a ring of twelve chunks of 10 or 11 bits, and each chunk has a table from its value
/// to the sketches that have it. If the chunks are given allowances that add up to one more than
/// the distance asked for, a sketch within the distance has a chunk that differs in fewer bits than
/// its allowance and, with the three chunks after it, in fewer than the allowances of the four
/// ("pigeonring": Qin and Xiao, VLDB 2018). So it is enough to look at the few values near each
/// chunk, and to count the whole distance where the next three are near too. Small indexes and
/// great distances are scanned.
///
/// Memory: 112 octets a sketch, and 86 KiB.
public final class TextSketchIndex implements SimilarIndex<TextSketch> {
    private static final String WHAT = "jsketch1";
    private static final int WORDS = 2;

    /// For each sketch two words.
    private final long[] words;

    private final SketchTable[] tables = new SketchTable[SketchTable.CHUNKS];

    private TextSketchIndex(long[] words) {
        this.words = words;
        for (int chunk = 0; chunk < tables.length; chunk++) {
            tables[chunk] = new SketchTable(words, chunk);
        }
    }

    /// An index over these; each keeps its place as ordinal.
    public static TextSketchIndex of(List<TextSketch> sketches) {
        long[] words = new long[WORDS * sketches.size()];
        int next = 0;
        for (TextSketch sketch : sketches) {
            words[next++] = sketch.high();
            words[next++] = sketch.low();
        }
        return new TextSketchIndex(words);
    }

    /// Reads what {@link #writeTo} wrote.
    ///
    /// @throws DamagedIndexException if it is something else, or was changed since
    public static TextSketchIndex read(InputStream in) throws IOException {
        return new TextSketchIndex(StoredDigests.read(in, WHAT, WORDS));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        StoredDigests.write(out, WHAT, words, WORDS);
    }

    @Override
    public int size() {
        return words.length / WORDS;
    }

    @Override
    public TextSketch get(int ordinal) {
        Objects.checkIndex(ordinal, size());
        return new TextSketch(words[2 * ordinal], words[2 * ordinal + 1]);
    }

    @Override
    public void search(TextSketch sketch, int distance, Neighbours found) {
        if (distance < 0) {
            return;
        }
        if (isScanQuicker(distance)) {
            scan(sketch, distance, found);
            return;
        }
        new SketchSearch(words, tables, sketch, distance, found).run();
    }

    private boolean isScanQuicker(int distance) {
        if (distance >= TextSketch.BITS / 2) {
            return true;
        }
        long cost = 0;
        for (SketchTable table : tables) {
            cost += table.cost(distance, size());
        }
        return cost >= size();
    }

    private void scan(TextSketch sketch, int distance, Neighbours found) {
        for (int i = 0; i < size(); i++) {
            int apart = SketchSearch.distance(words, sketch, i);
            if (apart <= distance && !found.add(i, apart)) {
                return;
            }
        }
    }
}
