package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A checkpoint store in a folder of one host, shared by any number of its processes and threads.
///
/// One file per key; a lock file keeps processes apart. Not for network file systems, whose locks
/// cannot be relied on.
public final class FileCheckpointStore implements CheckpointStore {
    private static final String LOCK = ".lock";
    private static final String SUFFIX = ".checkpoint";
    private static final int MAX_NAME = 240;

    /// A file lock is held by the whole JVM, and closing any channel of the file gives it up. So
    /// whoever opens the lock file must be the only one in this JVM: static, as the lock is.
    private static final Map<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final Path folder;
    private final Disk disk;
    private final ReentrantLock lock;

    /// @param folder is created if it does not exist, its parent is not
    /// @throws UncheckedIOException if it cannot be created
    public FileCheckpointStore(Path folder) {
        this(folder, new Disk());
    }

    FileCheckpointStore(Path folder, Disk disk) {
        this.disk = disk;
        try {
            DurableFile.createFolder(disk, folder);
            this.folder = folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + folder, e);
        }
        this.lock = IN_THIS_JVM.computeIfAbsent(this.folder, _ -> new ReentrantLock());
    }

    @Override
    public Optional<byte[]> load(String key) {
        Path file = file(key);
        // Under the lock, and synced: a value is not shown while a power failure could still take
        // it back.
        return alone(() -> {
            Optional<byte[]> value = read(file);
            disk.sync(folder);
            return value;
        });
    }

    @Override
    public boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next) {
        Path file = file(key);
        return alone(() -> {
            byte[] current = read(file).orElse(null);
            if (!Arrays.equals(current, expected)) {
                return false;
            }
            replace(file, next);
            return true;
        });
    }

    private void replace(Path file, byte[] next) throws IOException {
        DurableFile prepared = DurableFile.prepare(disk, file, next);
        try {
            prepared.force();
            prepared.publish();
        } finally {
            prepared.discard();
        }
        disk.sync(folder);
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private <T> T alone(Action<T> action) {
        lock.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(LOCK),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint store in " + folder + " fails", e);
        } finally {
            lock.unlock();
        }
    }

    private Path file(String key) {
        // Origins have slashes; encoded they are one file name, and no two keys share one.
        String name = URLEncoder.encode(key, StandardCharsets.UTF_8);
        boolean spellable = StandardCharsets.UTF_8.newEncoder().canEncode(key);
        if (name.isEmpty() || name.length() > MAX_NAME || !spellable) {
            throw new IllegalArgumentException("not a key of a checkpoint store: \"" + key + "\"");
        }
        return folder.resolve(name + SUFFIX);
    }

    private interface Action<T> {
        T run() throws IOException;
    }
}
