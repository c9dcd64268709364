package org.jalur.log;

/// The stored tiles are not those of the log; the message names the tile.
public final class LogCorruptedException extends RuntimeException {
    LogCorruptedException(String message) {
        super(message);
    }
}
