package org.jalur.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jalur.evidence.ArchiveDirectory.Listed;

/**
 * A ZIP as {@link EvidenceWriter} writes it, read from front to back (APPNOTE.TXT 6.3). Entries
 * follow each other without gaps, and the directory at the end must list exactly what was read: so
 * nobody sees other files in it than those that were checked. Nothing is written to disk, and an
 * entry that unpacks to far more than its size is refused.
 */
final class Archive implements AutoCloseable {
    private static final long LOCAL = 0x04034b50L;
    private static final long DESCRIPTOR = 0x08074b50L;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int HAS_DESCRIPTOR = 1 << 3;
    private static final int IS_UTF_8 = 1 << 11;

    static final int MAX_NAME = 128;
    static final int MAX_ENTRIES = 500_000;
    private static final long MAX_RATIO = 100;
    private static final long RATIO_FREE = 64 * 1024;
    private static final long MAX_UNPACKED = 8L << 30;

    private final ZipOctets in;
    private final Inflater inflater = new Inflater(true);
    private final ArchiveDirectory directory = new ArchiveDirectory();
    private Optional<Entry> current = Optional.empty();
    private long entries;
    private long unpacked;

    Archive(InputStream in) {
        this.in = new ZipOctets(in);
    }

    /** The entry that is being read. */
    private static final class Entry {
        final String name;
        final int method;
        final boolean hasDescriptor;
        final long offset;
        final CRC32 crc = new CRC32();
        long expectedCrc;
        long packedSize;
        long size;
        long taken;

        Entry(String name, int method, boolean hasDescriptor, long offset) {
            this.name = name;
            this.method = method;
            this.hasDescriptor = hasDescriptor;
            this.offset = offset;
        }
    }

    /** The name of the next entry; empty once the directory was found to list what was read. */
    Optional<String> next() throws IOException {
        while (current.isPresent()) {
            read(new byte[8 * 1024], 0, 8 * 1024);
        }
        long offset = in.position();
        long signature = in.u32();
        if (signature != LOCAL) {
            if (entries == 0) {
                throw new UnreadableEvidenceException("not a ZIP file");
            }
            directory.check(in, offset, signature);
            return Optional.empty();
        }
        if (++entries > MAX_ENTRIES) {
            throw new UnreadableEvidenceException("more than %d entries".formatted(MAX_ENTRIES));
        }
        Entry entry = readHeader(offset);
        current = Optional.of(entry);
        inflater.reset();
        return Optional.of(entry.name);
    }

    private Entry readHeader(long offset) throws IOException {
        in.u16(); // version needed
        int flags = in.u16();
        int method = in.u16();
        in.u32(); // time and date
        long crc = in.u32();
        long packedSize = in.u32();
        long size = in.u32();
        int nameLength = in.u16();
        int extraLength = in.u16();
        boolean hasDescriptor = (flags & HAS_DESCRIPTOR) != 0;
        if ((flags & ~(HAS_DESCRIPTOR | IS_UTF_8)) != 0
                || extraLength != 0
                || nameLength > MAX_NAME
                || !(method == DEFLATED
                        || (method == STORED && !hasDescriptor && packedSize == size))) {
            throw new UnreadableEvidenceException(
                    "entry %d is written in a way that no evidence file is".formatted(entries));
        }
        var entry = new Entry(in.text(nameLength), method, hasDescriptor, offset);
        entry.expectedCrc = crc;
        entry.packedSize = packedSize;
        entry.size = size;
        return entry;
    }

    /**
     * Reads on in the current entry.
     *
     * @return how many octets, or -1 at its end, where its length and check sum were found right
     */
    int read(byte[] target, int offset, int length) throws IOException {
        if (current.isEmpty()) {
            return -1;
        }
        Entry entry = current.get();
        int taken =
                entry.method == STORED
                        ? stored(entry, target, offset, length)
                        : inflated(target, offset, length);
        if (taken < 0) {
            finish(entry);
            return -1;
        }
        entry.crc.update(target, offset, taken);
        entry.taken += taken;
        unpacked += taken;
        if (unpacked > MAX_UNPACKED
                || (entry.method == DEFLATED
                        && entry.taken > RATIO_FREE + MAX_RATIO * inflater.getBytesRead())) {
            throw new UnreadableEvidenceException(
                    "%s unpacks to far more than its size".formatted(entry.name));
        }
        return taken;
    }

    private int stored(Entry entry, byte[] target, int offset, int length) throws IOException {
        long left = entry.size - entry.taken;
        return left == 0 ? -1 : in.take(target, offset, (int) Math.min(left, length));
    }

    private int inflated(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int taken = inflater.inflate(target, offset, length);
                if (taken > 0) {
                    return taken;
                }
                if (inflater.finished()) {
                    in.giveBack(inflater);
                    return -1;
                }
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("a preset dictionary");
                }
                in.lend(inflater);
            }
        } catch (DataFormatException e) {
            throw new UnreadableEvidenceException("entry %d is damaged".formatted(entries), e);
        }
    }

    private void finish(Entry entry) throws IOException {
        if (entry.hasDescriptor) {
            if (in.u32() != DESCRIPTOR) {
                throw new UnreadableEvidenceException("%s has no end".formatted(entry.name));
            }
            entry.expectedCrc = in.u32();
            entry.packedSize = in.u32();
            entry.size = in.u32();
        }
        long packed = entry.method == STORED ? entry.taken : inflater.getBytesRead();
        if (entry.expectedCrc != entry.crc.getValue()
                || entry.size != entry.taken
                || entry.packedSize != packed) {
            throw new UnreadableEvidenceException(
                    "%s is damaged: length or check sum is wrong".formatted(entry.name));
        }
        directory.read(
                new Listed(
                        entry.name,
                        entry.method,
                        entry.expectedCrc,
                        packed,
                        entry.size,
                        entry.offset));
        current = Optional.empty();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
