package org.jalur.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file on its way to its name: written beside it, synced, then renamed, so that a reader sees
/// all of it or nothing.
///
/// It survives a power failure once it is {@link #publish published} and its folder is {@link #sync
/// synced}.
record DurableFile(Path target, Path temporary) {
    static DurableFile prepare(Path target, byte[] bytes) throws IOException {
        // A name of its own, as two processes may prepare the same file; the dot keeps it from
        // being served.
        var file = new DurableFile(target, target.resolveSibling("." + UUID.randomUUID() + ".tmp"));
        try (FileChannel channel =
                FileChannel.open(
                        file.temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            file.discard();
            throw e;
        }
        return file;
    }

    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    void publish() throws IOException {
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// Removes what was not published; a published file stays.
    void discard() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /// Creates a folder if it does not exist, its parent not, and makes its own name durable.
    static void createFolder(Path folder) throws IOException {
        boolean exists = Files.isDirectory(folder);
        if (!exists) {
            Files.createDirectory(folder);
        }
        Path parent = folder.toAbsolutePath().normalize().getParent();
        // Again for a folder that exists, as a crash may have come in between; but one that was set
        // up for us may lie in a folder that we must not read.
        if (parent != null && (!exists || Files.isReadable(parent))) {
            sync(parent);
        }
    }

    /// Makes the names in a folder durable.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
