package org.jalur.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A log in a folder of a POSIX file system, ready to be served as static files.
///
/// Each write is a temporary file in the same folder, fsync, atomic rename; then one fsync per
/// folder and batch. Temporary files begin with a dot; a crash may leave some, and they can be
/// deleted while no log is being written.
///
/// What it trusts: that fsync reaches the disk, and that the file system renames atomically.
public final class PosixStorage implements LogStorage {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final int MAX_PATH = 255;
    private static final int MAX_REMEMBERED = 4096;

    private final Path root;
    private final Disk disk;

    /// Folders whose own name is known to be durable. Not saved: after a restart each is synced
    /// once more, since a crash may have come between the creation of a folder and the sync of its
    /// parent.
    private final Set<Path> durable = new HashSet<>();

    /// @param folder is created if it does not exist, its parent is not
    /// @throws UncheckedIOException if it cannot be created
    public PosixStorage(Path folder) {
        this(folder, new Disk());
    }

    PosixStorage(Path folder, Disk disk) {
        this.root = folder.toAbsolutePath().normalize();
        this.disk = disk;
        try {
            DurableFile.createFolder(disk, root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + root, e);
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(Files.readAllBytes(resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    @Override
    public synchronized void writeAll(Map<String, byte[]> objects) {
        List<DurableFile> files = new ArrayList<>();
        try {
            try {
                Set<Path> changed = prepare(objects, files);
                // All are written before the first is synced: the file system then has one journal
                // commit to wait for, not many.
                for (DurableFile file : files) {
                    file.force();
                }
                for (DurableFile file : files) {
                    file.publish();
                }
                for (Path folder : changed) {
                    disk.sync(folder);
                }
                remember(changed);
            } finally {
                for (DurableFile file : files) {
                    file.discard();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write " + objects.size() + " objects to " + root, e);
        }
    }

    /// @return the folders to sync
    private Set<Path> prepare(Map<String, byte[]> objects, List<DurableFile> files)
            throws IOException {
        Set<Path> changed = new HashSet<>();
        for (var object : objects.entrySet()) {
            Path target = resolve(object.getKey());
            Path folder = parent(target);
            createFolders(folder);
            for (Path each = folder;
                    !each.equals(root) && !durable.contains(each);
                    each = parent(each)) {
                changed.add(parent(each));
            }
            // Also if the file is there already: a crash may have come between its rename and the
            // sync of the folder.
            changed.add(folder);
            if (!isWritten(object.getKey(), target, object.getValue())) {
                files.add(DurableFile.prepare(disk, target, object.getValue()));
            }
        }
        return changed;
    }

    private void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(parent(folder));
            disk.createFolder(folder);
        }
    }

    private static boolean isWritten(String path, Path target, byte[] bytes) throws IOException {
        if (!Files.exists(target)) {
            return false;
        }
        boolean same = Arrays.equals(Files.readAllBytes(target), bytes);
        if (!same && !path.contains(TilePath.PARTIAL)) {
            throw new ImmutableObjectException(path);
        }
        return same;
    }

    private void remember(Set<Path> synced) {
        if (durable.size() > MAX_REMEMBERED) {
            durable.clear();
        }
        // A synced folder's own name is durable too: its parent was synced in the same batch, or
        // earlier.
        durable.addAll(synced);
    }

    private Path resolve(String path) {
        if (path.length() > MAX_PATH || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a path in a log: \"" + path + "\"");
        }
        return root.resolve(path);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no folder around " + path);
        }
        return parent;
    }
}
