package org.jalur.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A compare-and-swap store in a folder of one host; several processes may share it. The lock is the
 * operating system's, so a killed process leaves none behind.
 */
public final class FileCheckpointStore implements CheckpointStore {
    // A FileLock belongs to the whole JVM: threads of one process need a lock of their own.
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path folder;

    public FileCheckpointStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public Optional<byte[]> load(String key) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next)
            throws IOException {
        Path file = file(key);
        THREADS.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!Arrays.equals(load(key).orElse(null), expected)) {
                return false;
            }
            PosixStorage.replace(file, next);
            PosixStorage.sync(folder);
            return true;
        } finally {
            THREADS.unlock();
        }
    }

    private Path file(String key) {
        if (!key.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
            throw new IllegalArgumentException("not a key of the checkpoint store: " + key);
        }
        return folder.resolve(key);
    }
}
