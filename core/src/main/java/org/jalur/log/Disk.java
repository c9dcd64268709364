package org.jalur.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The steps in which bytes and names come to a disk, one method each: the border to the file
/// system, where tests let every step fail.
class Disk {
    /// Creates a file that must not exist; its bytes are durable once it is {@link #force forced}.
    void create(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                write(channel, buffer);
            }
        }
    }

    /// Writes some of the bytes, maybe not all, as the system call does.
    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Atomic for readers; durable once the folder is {@link #sync synced}.
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Deletes a file that may not exist.
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /// Creates a folder that may exist, but not those around it; its name is durable once the
    /// folder around it is {@link #sync synced}.
    void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /// Makes the names in a folder durable.
    void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
