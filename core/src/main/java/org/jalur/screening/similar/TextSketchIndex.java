package org.jalur.screening.similar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/// All text sketches within a distance.
///
/// A sketch is eight chunks of 16 bits, and each chunk has a table from its value to the sketches
/// that have it. With limits for the chunks that sum up to seven less than the distance asked for,
/// a sketch within the distance has a chunk whose difference is within its limit, and with the
/// chunk after it (around the end) within both limits and one ("pigeonring": Qin and Xiao, VLDB
/// 2018). So it is enough to look at the few values near each chunk, and to count the whole
/// distance where the next chunk is near too. Small indexes and great distances are scanned.
///
/// Memory: 64 octets a sketch, and 2 MiB.
public final class TextSketchIndex implements SimilarIndex<TextSketch> {
    private static final String WHAT = "jsketch1";
    private static final int WORDS = 2;
    private static final int CHUNKS = 8;
    private static final int CHUNK_BITS = 16;
    private static final int VALUES = 1 << CHUNK_BITS;

    /// What a look-up costs, in sketches scanned meanwhile.
    private static final int LOOK_UP = 8;

    /// All differences between two chunks, the smallest first, and how many have so many bits or
    /// fewer.
    private static final char[] DIFFERENCES = new char[VALUES];

    private static final int[] UP_TO = new int[CHUNK_BITS + 1];

    static {
        int next = 0;
        for (int bits = 0; bits <= CHUNK_BITS; bits++) {
            for (int difference = 0; difference < VALUES; difference++) {
                if (Integer.bitCount(difference) == bits) {
                    DIFFERENCES[next++] = (char) difference;
                }
            }
            UP_TO[bits] = next;
        }
    }

    /// For each sketch two words.
    private final long[] words;

    private final Table[] tables = new Table[CHUNKS];

    /// The sketches in order of the value of one chunk, each with the value of its next.
    private static final class Table {
        private final int[] begins = new int[VALUES + 1];
        private final int[] ordinals;
        private final char[] following;

        Table(long[] words, int chunk) {
            int size = words.length / WORDS;
            for (int i = 0; i < size; i++) {
                begins[chunk(words[2 * i], words[2 * i + 1], chunk) + 1]++;
            }
            for (int value = 0; value < VALUES; value++) {
                begins[value + 1] += begins[value];
            }
            ordinals = new int[size];
            following = new char[size];
            int[] next = begins.clone();
            for (int i = 0; i < size; i++) {
                long high = words[2 * i];
                long low = words[2 * i + 1];
                int place = next[chunk(high, low, chunk)]++;
                ordinals[place] = i;
                following[place] = chunk(high, low, (chunk + 1) % CHUNKS);
            }
        }
    }

    private TextSketchIndex(long[] words) {
        this.words = words;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            tables[chunk] = new Table(words, chunk);
        }
    }

    private static char chunk(long high, long low, int chunk) {
        return (char) ((chunk < CHUNKS / 2 ? high : low) >>> (CHUNK_BITS * (chunk % 4)));
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
        int[] limits = limits(Math.min(distance, TextSketch.BITS));
        long lookUps = 0;
        for (int limit : limits) {
            lookUps += limit < 0 ? 0 : UP_TO[limit];
        }
        if (lookUps * LOOK_UP + size() * lookUps / VALUES >= size()) {
            scan(sketch, distance, found);
            return;
        }
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            if (!searchChunk(sketch, chunk, limits, distance, found)) {
                return;
            }
        }
    }

    /// The limit of each chunk; -1 for a chunk that need not be looked up.
    private static int[] limits(int distance) {
        int sum = distance - (CHUNKS - 1);
        int[] limits = new int[CHUNKS];
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            limits[chunk] = Math.floorDiv(sum + chunk, CHUNKS);
        }
        return limits;
    }

    private void scan(TextSketch sketch, int distance, Neighbours found) {
        for (int i = 0; i < size(); i++) {
            int apart = distance(sketch, i);
            if (apart <= distance && !found.add(i, apart)) {
                return;
            }
        }
    }

    private int distance(TextSketch sketch, int ordinal) {
        return Long.bitCount(sketch.high() ^ words[2 * ordinal])
                + Long.bitCount(sketch.low() ^ words[2 * ordinal + 1]);
    }

    private boolean searchChunk(
            TextSketch sketch, int chunk, int[] limits, int distance, Neighbours found) {
        Table table = tables[chunk];
        int value = chunk(sketch.high(), sketch.low(), chunk);
        int next = chunk(sketch.high(), sketch.low(), (chunk + 1) % CHUNKS);
        int both = limits[chunk] + limits[(chunk + 1) % CHUNKS] + 1;
        int lookUps = limits[chunk] < 0 ? 0 : UP_TO[limits[chunk]];
        for (int i = 0; i < lookUps; i++) {
            int difference = DIFFERENCES[i];
            int left = both - Integer.bitCount(difference);
            int end = table.begins[(value ^ difference) + 1];
            for (int place = table.begins[value ^ difference]; place < end; place++) {
                if (Integer.bitCount(table.following[place] ^ next) <= left) {
                    int ordinal = table.ordinals[place];
                    int apart = distance(sketch, ordinal);
                    if (apart <= distance
                            && !wasFound(sketch, ordinal, chunk, limits)
                            && !found.add(ordinal, apart)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// Whether a chunk before this one has led to the sketch already.
    private boolean wasFound(TextSketch sketch, int ordinal, int chunk, int[] limits) {
        long high = sketch.high() ^ words[2 * ordinal];
        long low = sketch.low() ^ words[2 * ordinal + 1];
        for (int earlier = 0; earlier < chunk; earlier++) {
            int one = Integer.bitCount(chunk(high, low, earlier));
            int two = Integer.bitCount(chunk(high, low, earlier + 1));
            if (one <= limits[earlier] && one + two <= limits[earlier] + limits[earlier + 1] + 1) {
                return true;
            }
        }
        return false;
    }
}
