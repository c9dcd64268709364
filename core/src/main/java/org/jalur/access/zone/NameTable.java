package org.jalur.access.zone;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/// Blocked names in canonical order, packed: each is stored as what differs from the one before it.
/// Never changes; a change makes another table, in one pass over both.
///
/// Every {@value #BLOCK} names one is stored in full, so that a search reads one block.
public final class NameTable {
    static final int BLOCK = 16;

    private final byte[] bytes;
    private final int[] blocks;
    private final int size;
    private final int longestRecord;

    private NameTable(byte[] bytes, int[] blocks, int size, int longestRecord) {
        this.bytes = bytes;
        this.blocks = blocks;
        this.size = size;
        this.longestRecord = longestRecord;
    }

    public static NameTable of(Collection<BlockedName> names) {
        var builder = new NameTableBuilder();
        names.forEach(builder::add);
        return builder.build();
    }

    public int size() {
        return size;
    }

    /** What the names take, in bytes. */
    public long bytes() {
        return bytes.length + (long) Integer.BYTES * blocks.length;
    }

    /** Most characters before the zone's name in any record. */
    int longestRecord() {
        return longestRecord;
    }

    public boolean contains(BlockedName name) {
        byte[] key = NameKey.of(name);
        int low = 0;
        int high = blocks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var head = new Cursor(middle);
            head.next();
            int order = head.compareTo(key);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return false;
        }
        var cursor = new Cursor(high);
        for (int i = 0; i < BLOCK && cursor.next(); i++) {
            if (cursor.compareTo(key) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a resolver that follows this answers no more for a name. */
    public boolean hits(DomainName name) {
        if (contains(BlockedName.exactly(name))) {
            return true;
        }
        String ascii = name.ascii();
        for (int from = 0; ; ) {
            var above = new DomainName(ascii.substring(from));
            if (contains(BlockedName.withSubdomains(above))) {
                return true;
            }
            int dot = ascii.indexOf('.', from);
            if (dot < 0) {
                return false;
            }
            from = dot + 1;
        }
    }

    /** In canonical order. */
    public Stream<BlockedName> stream() {
        var names =
                new Iterator<BlockedName>() {
                    private final Cursor cursor = new Cursor(0);
                    private int left = size;

                    @Override
                    public boolean hasNext() {
                        return left > 0;
                    }

                    @Override
                    public BlockedName next() {
                        if (left-- <= 0) {
                            throw new NoSuchElementException();
                        }
                        cursor.next();
                        return cursor.name();
                    }
                };
        return StreamSupport.stream(
                Spliterators.spliterator(
                        names,
                        size,
                        Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL),
                false);
    }

    /** Another table, without some names and with others. */
    public NameTable with(Collection<BlockedName> added, Collection<BlockedName> removed) {
        NameTable more = of(added);
        NameTable less = of(removed);
        var packer = new Packer();
        Cursor old = cursor();
        Cursor young = more.cursor();
        Cursor gone = less.cursor();
        boolean hasOld = old.next();
        boolean hasYoung = young.next();
        boolean hasGone = gone.next();
        while (hasOld || hasYoung) {
            int order = !hasOld ? 1 : !hasYoung ? -1 : old.compareTo(young);
            if (order >= 0) {
                packer.add(young.key, young.length);
                hasYoung = young.next();
                hasOld = order == 0 ? old.next() : hasOld;
                continue;
            }
            while (hasGone && gone.compareTo(old) < 0) {
                hasGone = gone.next();
            }
            if (!hasGone || gone.compareTo(old) != 0) {
                packer.add(old.key, old.length);
            }
            hasOld = old.next();
        }
        return packer.table();
    }

    /** Tells what only one of two tables has, in order, in one pass over both. */
    public static void compare(
            NameTable before,
            NameTable after,
            Consumer<BlockedName> removed,
            Consumer<BlockedName> added) {
        new NameDifference(before, after, removed, added).walk(() -> true);
    }

    Cursor cursor() {
        return new Cursor(0);
    }

    /** Reads one name after the other. */
    final class Cursor {
        private final byte[] key = new byte[NameKey.LONGEST];
        private int length;
        private int at;

        private Cursor(int block) {
            at = block < blocks.length ? blocks[block] : bytes.length;
        }

        /** Goes to the next name; false at the end. */
        boolean next() {
            if (at >= bytes.length) {
                return false;
            }
            int shared = bytes[at] & 0xff;
            int own = bytes[at + 1] & 0xff;
            System.arraycopy(bytes, at + 2, key, shared, own);
            length = shared + own;
            at += 2 + own;
            return true;
        }

        BlockedName name() {
            return NameKey.read(key, length);
        }

        byte[] key() {
            return key;
        }

        int length() {
            return length;
        }

        int compareTo(byte[] other) {
            return Arrays.compareUnsigned(key, 0, length, other, 0, other.length);
        }

        int compareTo(Cursor other) {
            return Arrays.compareUnsigned(key, 0, length, other.key, 0, other.length);
        }
    }

    /** Takes keys in order; one that comes twice in a row counts once. */
    static final class Packer {
        private byte[] bytes = new byte[1 << 8];
        private int[] blocks = new int[1 << 4];
        private final byte[] last = new byte[NameKey.LONGEST];
        private int lastLength;
        private int length;
        private int size;
        private int longestRecord;

        void add(byte[] key, int keyLength) {
            int shared = mismatch(key, keyLength);
            if (shared < 0) {
                return;
            }
            if (size % BLOCK == 0) {
                shared = 0;
                int block = size / BLOCK;
                if (block == blocks.length) {
                    blocks = Arrays.copyOf(blocks, blocks.length * 2);
                }
                blocks[block] = length;
            }
            int own = keyLength - shared;
            if (length + own + 2 > bytes.length) {
                bytes = Arrays.copyOf(bytes, grown(bytes.length));
            }
            bytes[length] = (byte) shared;
            bytes[length + 1] = (byte) own;
            System.arraycopy(key, shared, bytes, length + 2, own);
            length += own + 2;
            System.arraycopy(key, 0, last, 0, keyLength);
            lastLength = keyLength;
            longestRecord = Math.max(longestRecord, NameKey.recordLength(key, keyLength));
            size++;
        }

        private int mismatch(byte[] key, int keyLength) {
            int shared = Arrays.mismatch(last, 0, lastLength, key, 0, keyLength);
            return size == 0 ? 0 : shared;
        }

        private static int grown(int length) {
            long more = length + (length >> 1) + 2L * NameKey.LONGEST;
            if (more > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("names of more than 2 GiB in one table");
            }
            return (int) more;
        }

        NameTable table() {
            return new NameTable(
                    Arrays.copyOf(bytes, length),
                    Arrays.copyOf(blocks, (size + BLOCK - 1) / BLOCK),
                    size,
                    longestRecord);
        }
    }
}
