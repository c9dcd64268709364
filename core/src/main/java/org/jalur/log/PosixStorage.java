package org.jalur.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder, written durably: temporary file, fsync, rename, fsync of the folder. */
public final class PosixStorage implements LogStorage {
    private final Path folder;

    public PosixStorage(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(SequencedMap<String, byte[]> objects) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (var object : objects.entrySet()) {
            Path target = resolve(object.getKey());
            makeFolders(target.getParent(), touched);
            replace(target, object.getValue());
            touched.add(target.getParent());
        }
        for (Path parent : touched) {
            sync(parent);
        }
    }

    static void replace(Path target, byte[] bytes) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try (FileChannel file =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void makeFolders(@Nullable Path wanted, Set<Path> touched) throws IOException {
        if (wanted == null || Files.isDirectory(wanted)) {
            return;
        }
        Path parent = wanted.getParent();
        makeFolders(parent, touched);
        Files.createDirectory(wanted);
        if (parent != null) {
            touched.add(parent);
        }
    }

    private Path resolve(String path) {
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder) || target.equals(folder)) {
            throw new IllegalArgumentException("not a path inside the log: " + path);
        }
        return target;
    }
}
