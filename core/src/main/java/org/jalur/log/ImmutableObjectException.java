package org.jalur.log;

/// Someone tried to write other bytes over an object of a log; nothing was replaced.
public final class ImmutableObjectException extends RuntimeException {
    /// @param path of the object in its {@link LogStorage}
    public ImmutableObjectException(String path) {
        super("already written with other bytes: " + path);
    }
}
