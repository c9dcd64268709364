package org.jalur.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// A file on its way to its name: written beside it, synced, then renamed, so that a reader sees
/// all of it or nothing.
///
/// It survives a power failure once it is {@link #publish published} and its folder is {@link
/// Disk#sync synced}.
record DurableFile(Disk disk, Path target, Path temporary) {
    static DurableFile prepare(Disk disk, Path target, byte[] bytes) throws IOException {
        // A name of its own, as two processes may prepare the same file; the dot keeps it from
        // being served.
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
        var file = new DurableFile(disk, target, temporary);
        try {
            disk.create(temporary, bytes);
        } catch (IOException e) {
            file.discard();
            throw e;
        }
        return file;
    }

    void force() throws IOException {
        disk.force(temporary);
    }

    void publish() throws IOException {
        disk.rename(temporary, target);
    }

    /// Removes what was not published; a published file stays.
    void discard() throws IOException {
        disk.delete(temporary);
    }

    /// Creates a folder if it does not exist, its parent not, and makes its own name durable.
    static void createFolder(Disk disk, Path folder) throws IOException {
        boolean exists = Files.isDirectory(folder);
        if (!exists) {
            disk.createFolder(folder);
        }
        Path parent = folder.toAbsolutePath().normalize().getParent();
        // Again for a folder that exists, as a crash may have come in between; but one that was set
        // up for us may lie in a folder that we must not read.
        if (parent != null && (!exists || Files.isReadable(parent))) {
            disk.sync(parent);
        }
    }
}
