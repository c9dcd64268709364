package org.jalur.screening.exact;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// A table as octets: a mark, the counts, the secrets of the hash, the arrays, and a CRC-32C over
/// all of it; numbers big-endian, but lines and values little-endian, as they are in memory.
/// Nothing is allocated for a count before the count is known to fit the keys.
final class TableFile {
    private static final long MARK = 0x4a61_6c75_724b_5402L; // "JalurKT", version 2
    private static final int CHUNK = 1 << 16;

    private TableFile() {}

    static void write(KeyTable table, OutputStream out) throws IOException {
        Slots slots = table.slots();
        var checked = new CheckedOutputStream(out, new CRC32C());
        var data = new DataOutputStream(checked);
        data.writeLong(MARK);
        data.writeInt(slots.entries());
        data.writeInt(slots.lines().count());
        data.writeInt(slots.distinct());
        data.writeInt(slots.groupEnds().length);
        data.writeInt(slots.members().length);
        table.hash().writeTo(data);
        write(slots.lines().memory(), data);
        write(slots.values().memory(), data);
        write(slots.groupEnds(), data);
        write(slots.members(), data);
        data.flush();
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    static KeyTable read(InputStream in, Keys keys) throws IOException {
        var checked = new CheckedInputStream(in, new CRC32C());
        var data = new DataInputStream(checked);
        try {
            if (data.readLong() != MARK) {
                throw new DamagedTableException("not a stored table of keys");
            }
            int entries = expect(data.readInt(), keys.size(), keys.size(), "entries");
            int homes = SlotsBuilder.homes(entries);
            int lines = expect(data.readInt(), homes + 1, 2L * homes + 2, "lines");
            int distinct = expect(data.readInt(), Math.min(1, entries), entries, "distinct keys");
            int groups = expect(data.readInt(), 0, entries / 2, "groups");
            int members = expect(data.readInt(), 2L * groups, entries, "grouped entries");
            KeyHash hash = KeyHash.readFrom(data);
            var slots =
                    new Slots(
                            entries,
                            homes,
                            readLines(lines, data),
                            readOrdinals(distinct, entries + groups, data),
                            readInts(groups, data),
                            readInts(members, data));
            long sum = checked.getChecksum().getValue();
            if (data.readLong() != sum) {
                throw new DamagedTableException("the checksum is another");
            }
            return new KeyTable(hash, keys, slots);
        } catch (EOFException _) {
            throw new DamagedTableException("the table ends too early");
        }
    }

    private static int expect(int number, long least, long most, String what)
            throws DamagedTableException {
        if (number < least || number > most) {
            throw new DamagedTableException(
                    "%d %s, not %d to %d".formatted(number, what, least, most));
        }
        return number;
    }

    private static void write(MemorySegment memory, DataOutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < memory.byteSize(); at += CHUNK) {
            int length = (int) Math.min(CHUNK, memory.byteSize() - at);
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
            out.write(chunk, 0, length);
        }
    }

    private static void read(MemorySegment memory, DataInputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < memory.byteSize(); at += CHUNK) {
            int length = (int) Math.min(CHUNK, memory.byteSize() - at);
            in.readFully(chunk, 0, length);
            MemorySegment.copy(chunk, 0, memory, ValueLayout.JAVA_BYTE, at, length);
        }
    }

    private static Lines readLines(int count, DataInputStream in) throws IOException {
        var lines = new Lines(count);
        read(lines.memory(), in);
        return lines;
    }

    private static Ordinals readOrdinals(int count, int bound, DataInputStream in)
            throws IOException {
        var ordinals = new Ordinals(count, bound);
        read(ordinals.memory(), in);
        return ordinals;
    }

    private static void write(int[] numbers, DataOutputStream out) throws IOException {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int length = Math.min(CHUNK, numbers.length - from);
            ByteBuffer chunk = ByteBuffer.allocate(length * Integer.BYTES);
            chunk.asIntBuffer().put(numbers, from, length);
            out.write(chunk.array());
        }
    }

    private static int[] readInts(int count, DataInputStream in) throws IOException {
        int[] numbers = new int[count];
        for (int from = 0; from < count; from += CHUNK) {
            int length = Math.min(CHUNK, count - from);
            ByteBuffer chunk = ByteBuffer.allocate(length * Integer.BYTES);
            in.readFully(chunk.array());
            chunk.asIntBuffer().get(numbers, from, length);
        }
        return numbers;
    }
}
