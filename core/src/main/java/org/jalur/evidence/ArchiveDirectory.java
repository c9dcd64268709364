package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The directory at the end of an {@link Archive}: most programs show what stands here, not what
 * stands before it. Both are hashed as they pass, so that it takes the same memory for any number
 * of entries.
 */
final class ArchiveDirectory {
    private static final long CENTRAL = 0x02014b50L;
    private static final long END_64 = 0x06064b50L;
    private static final long LOCATOR_64 = 0x07064b50L;
    private static final long END = 0x06054b50L;
    private static final int MAX_COUNT_16 = 0xffff;

    /** What is said twice about an entry: before it, and in the directory. */
    record Listed(String name, int method, long crc, long packedSize, long size, long offset) {
        void addTo(MessageDigest digest) {
            digest.update((this + "\n").getBytes(US_ASCII));
        }
    }

    private final MessageDigest entries = sha256();
    private final MessageDigest directory = sha256();

    /** An entry that was read. */
    void read(Listed entry) {
        entry.addTo(entries);
    }

    /**
     * @param start where the directory starts
     * @param first the signature that was read there
     * @throws UnreadableEvidenceException if it does not list exactly what was read, in its order,
     *     or anything follows it
     */
    void check(ZipOctets in, long start, long first) throws IOException {
        long signature = first;
        long count = 0;
        while (signature == CENTRAL) {
            header(in).addTo(directory);
            count++;
            signature = in.u32();
        }
        long length = in.position() - Integer.BYTES - start;
        if (signature == END_64) {
            checkEnd64(in, count, length, start);
            signature = in.u32();
        }
        long disks = in.u32();
        long countHere = in.u16();
        long countAll = in.u16();
        require(
                signature == END
                        && disks == 0
                        && countHere == countAll
                        && countAll == Math.min(count, MAX_COUNT_16)
                        && in.u32() == length
                        && in.u32() == start
                        && in.u16() == 0
                        && in.isAtEnd());
        if (!MessageDigest.isEqual(entries.digest(), directory.digest())) {
            throw new UnreadableEvidenceException(
                    "the directory at the end lists other entries than those that are there");
        }
    }

    /** A central directory header (§4.3.12), without its signature. */
    private static Listed header(ZipOctets in) throws IOException {
        in.u32(); // versions
        in.u16(); // flags
        int method = in.u16();
        in.u32(); // time and date
        long crc = in.u32();
        long packedSize = in.u32();
        long size = in.u32();
        int nameLength = in.u16();
        int extraLength = in.u16();
        int commentLength = in.u16();
        int disk = in.u16();
        in.u16(); // internal attributes
        in.u32(); // external attributes
        long offset = in.u32();
        require(
                nameLength <= Archive.MAX_NAME
                        && extraLength == 0
                        && commentLength == 0
                        && disk == 0);
        return new Listed(in.text(nameLength), method, crc, packedSize, size, offset);
    }

    /** The end in its 64-bit form (§4.3.14, §4.3.15), which only files of many entries have. */
    private static void checkEnd64(ZipOctets in, long count, long length, long start)
            throws IOException {
        long at = in.position() - Integer.BYTES;
        long recordLength = in.u64();
        in.u32(); // versions
        require(
                recordLength == 44
                        && in.u64() == 0
                        && in.u64() == count
                        && in.u64() == count
                        && in.u64() == length
                        && in.u64() == start
                        && in.u32() == LOCATOR_64
                        && in.u32() == 0
                        && in.u64() == at
                        && in.u32() == 1);
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new UnreadableEvidenceException("the directory at the end is damaged");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
