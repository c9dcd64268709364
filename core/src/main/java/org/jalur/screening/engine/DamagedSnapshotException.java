package org.jalur.screening.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a snapshot is missing, or not what was written; the message begins with its name. */
public final class DamagedSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedSnapshotException(Path file, String why) {
        super(file.getFileName() + " " + why);
    }

    DamagedSnapshotException(Path file, Exception cause) {
        super(file.getFileName() + " cannot be read: " + cause.getMessage(), cause);
    }
}
