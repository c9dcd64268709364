package org.jalur.screening.engine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** A file that ends with the CRC-32C of all before it, in eight octets. */
record CheckedFile(Path path) {
    static final String UNFINISHED = ".unfinished";

    private static final int CHUNK = 1 << 18;

    /** Writes what a file consists of. */
    @FunctionalInterface
    interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads what a file consists of. */
    @FunctionalInterface
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** Writes it under another name, to the disk, and only then gives it its own. */
    void write(Body body) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        try (var file = new FileOutputStream(unfinished.toFile())) {
            var checked = new CheckedOutputStream(file, new CRC32C());
            var out = new DataOutputStream(new BufferedOutputStream(checked, CHUNK));
            body.writeTo(out);
            out.flush();
            file.write(octets(checked.getChecksum().getValue()));
            file.getChannel().force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }

    private static byte[] octets(long sum) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
    }

    /** Whether it is there and whole. */
    boolean isWhole() throws IOException {
        return Files.isRegularFile(path) && sum() == said();
    }

    /** The checksum it ends with, -1 if it is too short for one. */
    long said() throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < Long.BYTES) {
                return -1;
            }
            file.seek(file.length() - Long.BYTES);
            return file.readLong();
        }
    }

    private long sum() throws IOException {
        var sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        long left = Files.size(path) - Long.BYTES;
        try (InputStream in = Files.newInputStream(path)) {
            while (left > 0) {
                int length = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (length < 0) {
                    return -1;
                }
                sum.update(chunk, 0, length);
                left -= length;
            }
        }
        return sum.getValue();
    }

    /**
     * Reads it, once it is known to be whole.
     *
     * @throws DamagedSnapshotException if it is not
     */
    <T> T read(Reader<T> reader) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new DamagedSnapshotException(path, "is missing");
        }
        if (!isWhole()) {
            throw new DamagedSnapshotException(path, "has another checksum than it says");
        }
        try (var in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(path), CHUNK))) {
            return reader.read(in);
        } catch (DamagedSnapshotException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Whole, but not ours: written by something else, or another version.
            throw new DamagedSnapshotException(path, e);
        }
    }
}
