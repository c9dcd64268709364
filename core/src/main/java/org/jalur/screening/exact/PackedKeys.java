package org.jalur.screening.exact;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// Keys one after the other in one array: at most 2^31 - 9 bytes in all. Where all keys have the
/// same length, as digests have, nothing else is stored; otherwise four bytes a key.
public final class PackedKeys implements Keys {
    private static final long MARK = 0x4a61_6c75_724b_4b01L; // "JalurKK", version 1
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    private final int size;

    /** The length of each key, or -1 if they differ. */
    private final int width;

    /** Where each key ends, empty if all have the same length. */
    private final int[] ends;

    private PackedKeys(byte[] bytes, int size, int width, int[] ends) {
        this.bytes = bytes;
        this.size = size;
        this.width = width;
        this.ends = ends;
    }

    /** Takes keys in the order of their ordinals. */
    public static final class Builder {
        private byte[] bytes = new byte[1 << 10];
        private int[] ends = new int[1 << 6];
        private int length;
        private int size;
        private int width = -1;
        private boolean sameWidth = true;

        /**
         * Adds a key.
         *
         * @throws IllegalStateException if there is no place for so many bytes
         */
        public Builder add(byte[] key) {
            if (key.length > MOST_BYTES - length) {
                throw new IllegalStateException("keys of more than " + MOST_BYTES + " bytes");
            }
            if (length + key.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, grown(bytes.length, length + key.length));
            }
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, grown(ends.length, size + 1));
            }
            System.arraycopy(key, 0, bytes, length, key.length);
            length += key.length;
            ends[size++] = length;
            sameWidth = size == 1 || (sameWidth && key.length == width);
            width = key.length;
            return this;
        }

        /** Adds a text as its UTF-8 bytes. */
        public Builder add(String key) {
            return add(key.getBytes(StandardCharsets.UTF_8));
        }

        /** The keys added so far. */
        public PackedKeys build() {
            return new PackedKeys(
                    Arrays.copyOf(bytes, length),
                    size,
                    sameWidth ? Math.max(width, 0) : -1,
                    sameWidth ? new int[0] : Arrays.copyOf(ends, size));
        }

        private static int grown(int length, int needed) {
            return (int) Math.max(needed, Math.min(MOST_BYTES, length + (length >> 1) + 1L));
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] key(int ordinal) {
        return Arrays.copyOfRange(bytes, start(ordinal), end(ordinal));
    }

    @Override
    public boolean isEqual(int ordinal, byte[] other, int from, int to) {
        return Arrays.equals(bytes, start(ordinal), end(ordinal), other, from, to);
    }

    @Override
    public long hash(int ordinal, KeyHash hash) {
        return hash.of(bytes, start(ordinal), end(ordinal));
    }

    @Override
    public int touch(int ordinal) {
        int start = start(ordinal);
        return start < bytes.length ? bytes[start] : 0;
    }

    private int start(int ordinal) {
        if (width >= 0) {
            return Math.multiplyExact(ordinal, width);
        }
        return ordinal == 0 ? 0 : ends[ordinal - 1];
    }

    private int end(int ordinal) {
        return width >= 0 ? start(ordinal) + width : ends[ordinal];
    }

    /** What the keys take, in bytes. */
    public long bytes() {
        return bytes.length + (long) Integer.BYTES * ends.length;
    }

    /** Writes the keys, a checksum included. */
    public void writeTo(OutputStream out) throws IOException {
        var checked = new CheckedOutputStream(out, new CRC32C());
        var data = new DataOutputStream(checked);
        data.writeLong(MARK);
        data.writeInt(size);
        data.writeInt(width);
        data.writeInt(bytes.length);
        data.write(bytes);
        ByteBuffer numbers = ByteBuffer.allocate(ends.length * Integer.BYTES);
        numbers.asIntBuffer().put(ends);
        data.write(numbers.array());
        data.flush();
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws DamagedTableException if it is something else
     * @throws IOException if the stream fails
     */
    public static PackedKeys readFrom(InputStream in) throws IOException {
        var checked = new CheckedInputStream(in, new CRC32C());
        var data = new DataInputStream(checked);
        try {
            if (data.readLong() != MARK) {
                throw new DamagedTableException("not stored keys");
            }
            int size = data.readInt();
            int width = data.readInt();
            byte[] bytes = octets(data, data.readInt());
            long rest = width < 0 ? (long) size * Integer.BYTES : 0;
            ByteBuffer numbers = ByteBuffer.wrap(octets(data, rest));
            int[] ends = new int[numbers.capacity() / Integer.BYTES];
            numbers.asIntBuffer().get(ends);
            long sum = checked.getChecksum().getValue();
            if (data.readLong() != sum) {
                throw new DamagedTableException("the checksum of the keys is another");
            }
            return new PackedKeys(bytes, size, width, ends);
        } catch (EOFException _) {
            throw new DamagedTableException("the keys end too early");
        }
    }

    /** Reads so many bytes; takes no more memory than there are bytes to read. */
    private static byte[] octets(DataInputStream in, long length) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new DamagedTableException("keys of %d bytes".formatted(length));
        }
        byte[] octets = in.readNBytes((int) length);
        if (octets.length < length) {
            throw new EOFException();
        }
        return octets;
    }
}
