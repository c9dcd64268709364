package org.jalur.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where this Java machine keeps what its tests make once: forks of the tests run side by side. */
final class TestFolder {
    /** A lock whose channel nobody holds is given up when memory is collected. */
    private static final Taken TAKEN = taken();

    static final Path PATH = TAKEN.folder();

    private TestFolder() {}

    private record Taken(Path folder, FileLock lock) {}

    /** The first that no other process holds; it is held until this one ends. */
    private static Taken taken() {
        try {
            for (int number = 1; ; number++) {
                Path folder =
                        Files.createDirectories(Path.of("target", "tests-" + number))
                                .toAbsolutePath();
                FileChannel file =
                        FileChannel.open(
                                folder.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return new Taken(folder, lock);
                }
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
