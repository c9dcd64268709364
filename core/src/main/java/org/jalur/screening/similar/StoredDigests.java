package org.jalur.screening.similar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// How an index is stored, little-endian: eight characters that say what it is, the number of
/// digests, that many digests of the same number of words (64 bits), and the CRC-32C of all before.
/// What makes the search fast is built anew from the digests: nothing in the file is trusted.
final class StoredDigests {
    static final int WHAT = 8;
    private static final int CHUNK = 1 << 13;

    private StoredDigests() {}

    static void write(OutputStream out, String what, long[] words, int digestWords)
            throws IOException {
        var crc = new CRC32C();
        byte[] head = new byte[WHAT + Long.BYTES];
        buffer(head)
                .put(what.getBytes(StandardCharsets.US_ASCII))
                .putLong(words.length / digestWords);
        write(out, head, crc);
        for (int from = 0; from < words.length; from += CHUNK) {
            int length = Math.min(CHUNK, words.length - from);
            byte[] chunk = new byte[length * Long.BYTES];
            buffer(chunk).asLongBuffer().put(words, from, length);
            write(out, chunk, crc);
        }
        byte[] sum = new byte[Long.BYTES];
        buffer(sum).putLong(crc.getValue());
        out.write(sum);
    }

    private static void write(OutputStream out, byte[] octets, CRC32C crc) throws IOException {
        crc.update(octets);
        out.write(octets);
    }

    private static ByteBuffer buffer(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Reads what was written, and nothing after it.
    static long[] read(InputStream in, String what, int digestWords) throws IOException {
        var crc = new CRC32C();
        byte[] head = next(in, WHAT + Long.BYTES, what);
        String found = new String(head, 0, WHAT, StandardCharsets.ISO_8859_1);
        if (!found.equals(what)) {
            throw new DamagedIndexException(
                    "does not begin with %s, so it is no such index".formatted(what.strip()));
        }
        crc.update(head);
        long count = buffer(head).getLong(WHAT);
        if (count < 0 || count > (Integer.MAX_VALUE - 8) / digestWords) {
            throw new DamagedIndexException("promises %d digests".formatted(count));
        }
        long[] words = words(in, (int) count * digestWords, crc, what);
        long sum = buffer(next(in, Long.BYTES, what)).getLong();
        if (sum != crc.getValue()) {
            throw new DamagedIndexException(
                    "has the checksum %x, but says %x".formatted(crc.getValue(), sum));
        }
        return words;
    }

    private static long[] words(InputStream in, int count, CRC32C crc, String what)
            throws IOException {
        // Grows with what is there, not with what is promised.
        long[] words = new long[Math.min(count, CHUNK)];
        for (int from = 0; from < count; ) {
            int length = Math.min(CHUNK, count - from);
            byte[] chunk = next(in, length * Long.BYTES, what);
            crc.update(chunk);
            if (from + length > words.length) {
                words = Arrays.copyOf(words, (int) Math.min(count, 2L * words.length + length));
            }
            buffer(chunk).asLongBuffer().get(words, from, length);
            from += length;
        }
        return words;
    }

    private static byte[] next(InputStream in, int length, String what) throws IOException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new DamagedIndexException("ends early, so it is no whole " + what.strip());
        }
        return octets;
    }
}
