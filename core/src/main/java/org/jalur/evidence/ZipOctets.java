package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/**
 * The octets of a ZIP one after another, with their position; numbers are little-endian
 * (APPNOTE.TXT §4.1.9).
 */
final class ZipOctets {
    /** Offsets beyond it would need the 64-bit form of entries, which is not read. */
    private static final long MAX_LENGTH = 0xffff_ffffL;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int end;
    private long filled;

    ZipOctets(InputStream in) {
        this.in = in;
    }

    /** How many octets were taken. */
    long position() {
        return filled - (end - next);
    }

    int u16() throws IOException {
        return u8() | u8() << 8;
    }

    long u32() throws IOException {
        return u16() | (long) u16() << 16;
    }

    long u64() throws IOException {
        return u32() | u32() << 32;
    }

    String text(int length) throws IOException {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) u8();
        }
        return new String(octets, US_ASCII);
    }

    /** Takes as many of the wanted octets as are at hand, at least one. */
    int take(byte[] target, int offset, int wanted) throws IOException {
        fill();
        int taken = Math.min(wanted, end - next);
        System.arraycopy(buffer, next, target, offset, taken);
        next += taken;
        return taken;
    }

    /** Lends an inflater what is at hand; {@link #giveBack} returns what it did not need. */
    void lend(Inflater inflater) throws IOException {
        fill();
        inflater.setInput(buffer, next, end - next);
        next = end;
    }

    void giveBack(Inflater inflater) {
        next = end - inflater.getRemaining();
    }

    boolean isAtEnd() throws IOException {
        return next == end && !refill();
    }

    private int u8() throws IOException {
        fill();
        return Byte.toUnsignedInt(buffer[next++]);
    }

    private void fill() throws IOException {
        if (next == end && !refill()) {
            throw new UnreadableEvidenceException("the file is cut off");
        }
    }

    private boolean refill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        if (read <= 0) {
            return false;
        }
        next = 0;
        end = read;
        filled += read;
        if (filled > MAX_LENGTH) {
            throw new UnreadableEvidenceException("the file is longer than 4 GiB");
        }
        return true;
    }
}
