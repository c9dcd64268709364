package org.jalur.screening.similar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/// All TLSH digests within a distance.
///
/// The digests lie ordered by header, in cells of equal length class and quartile ratios. A search
/// visits only the cells whose header alone is not too far, and there compares the first half of
/// the buckets before the second; it stays exact, and gets slower as the distance grows.
///
/// Memory: 44 octets a digest, and 16 a cell in use.
public final class TlshIndex implements SimilarIndex<Tlsh> {
    private static final String WHAT = "jtlsh 1\n";
    private static final int WORDS = 5;
    private static final int CELLS = 1 << 16;

    private final int[] ordinals;
    private final int[] places;
    private final byte[] checksums;

    /// For each digest in order of the cells the upper and lower bits of 64 buckets.
    private final long[] first;

    private final long[] second;

    /// The cells in use, and where each begins; one more for the end.
    private final char[] cells;

    private final int[] begins;

    private TlshIndex(int[] headers) {
        int size = headers.length;
        int[] counts = new int[CELLS + 1];
        for (int header : headers) {
            counts[cell(header) + 1]++;
        }
        int used = 0;
        for (int i = 0; i < CELLS; i++) {
            used += counts[i + 1] > 0 ? 1 : 0;
            counts[i + 1] += counts[i];
        }
        cells = new char[used];
        begins = new int[used + 1];
        for (int i = 0, next = 0; i < CELLS; i++) {
            if (counts[i + 1] > counts[i]) {
                cells[next] = (char) i;
                begins[next] = counts[i];
                next++;
            }
        }
        begins[used] = size;
        ordinals = new int[size];
        places = new int[size];
        checksums = new byte[size];
        first = new long[2 * size];
        second = new long[2 * size];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int place = counts[cell(headers[ordinal])]++;
            places[ordinal] = place;
            ordinals[place] = ordinal;
            checksums[place] = (byte) (headers[ordinal] >> 16);
        }
    }

    /// An index over these; each keeps its place as ordinal.
    public static TlshIndex of(List<Tlsh> digests) {
        var index = new TlshIndex(digests.stream().mapToInt(Tlsh::header).toArray());
        int ordinal = 0;
        for (Tlsh digest : digests) {
            index.put(ordinal++, digest.high0(), digest.high1(), digest.low0(), digest.low1());
        }
        return index;
    }

    /// Reads what {@link #writeTo} wrote.
    ///
    /// @throws DamagedIndexException if it is something else, or was changed since
    public static TlshIndex read(InputStream in) throws IOException {
        long[] words = StoredDigests.read(in, WHAT, WORDS);
        int[] headers = new int[words.length / WORDS];
        for (int i = 0; i < headers.length; i++) {
            if (words[WORDS * i] >>> 24 != 0) {
                throw new DamagedIndexException("has a header of more than 24 bits");
            }
            headers[i] = (int) words[WORDS * i];
        }
        var index = new TlshIndex(headers);
        for (int i = 0; i < headers.length; i++) {
            int at = WORDS * i;
            index.put(i, words[at + 1], words[at + 2], words[at + 3], words[at + 4]);
        }
        return index;
    }

    private void put(int ordinal, long high0, long high1, long low0, long low1) {
        int at = 2 * places[ordinal];
        first[at] = high0;
        first[at + 1] = low0;
        second[at] = high1;
        second[at + 1] = low1;
    }

    private static int cell(int header) {
        return header & 0xFFFF;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long[] words = new long[WORDS * size()];
        for (int i = 0; i < size(); i++) {
            Tlsh digest = get(i);
            int at = WORDS * i;
            words[at] = digest.header();
            words[at + 1] = digest.high0();
            words[at + 2] = digest.high1();
            words[at + 3] = digest.low0();
            words[at + 4] = digest.low1();
        }
        StoredDigests.write(out, WHAT, words, WORDS);
    }

    @Override
    public int size() {
        return ordinals.length;
    }

    @Override
    public Tlsh get(int ordinal) {
        int place = places[Objects.checkIndex(ordinal, places.length)];
        int low = 0;
        int high = cells.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (begins[middle] <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int at = 2 * place;
        return new Tlsh(
                (checksums[place] & 0xFF) << 16 | cells[low],
                first[at],
                second[at],
                first[at + 1],
                second[at + 1]);
    }

    @Override
    public void search(Tlsh digest, int distance, Neighbours found) {
        // The cell of the same header as far as the checksum, which is not part of a cell.
        int header = digest.header() & 0xFFFF;
        for (int i = 0; i < cells.length; i++) {
            int left = distance - Tlsh.headerDistance(header, cells[i]);
            if (left >= 0 && !searchCell(digest, i, distance - left, distance, found)) {
                return;
            }
        }
    }

    private boolean searchCell(Tlsh digest, int cell, int header, int distance, Neighbours found) {
        byte checksum = (byte) (digest.header() >> 16);
        long high = digest.high0();
        long low = digest.low0();
        for (int place = begins[cell]; place < begins[cell + 1]; place++) {
            int half =
                    header + Tlsh.planeDistance(high, low, first[2 * place], first[2 * place + 1]);
            if (half <= distance) {
                int whole =
                        half
                                + (checksums[place] == checksum ? 0 : 1)
                                + Tlsh.planeDistance(
                                        digest.high1(),
                                        digest.low1(),
                                        second[2 * place],
                                        second[2 * place + 1]);
                if (whole <= distance && !found.add(ordinals[place], whole)) {
                    return false;
                }
            }
        }
        return true;
    }
}
