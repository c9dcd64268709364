package org.jalur.log;

import java.util.Map;
import java.util.Optional;

/// Where a log keeps its tiles: a POSIX folder or an object store.
///
/// Paths are relative, parts separated by `/`, as C2SP tlog-tiles names its resources. Objects
/// never change: writing the same bytes again does nothing. Only a partial tile (`.p/` in its path)
/// may be replaced, as one that a crash left behind beyond the log's size.
///
/// What someone who controls it can do: withhold or destroy the log. Changed tiles are found by
/// {@link TiledLog}.
///
/// All methods throw {@link java.io.UncheckedIOException} if the storage fails and {@link
/// IllegalArgumentException} for a path that leads out of it.
public interface LogStorage {
    /// The bytes of an object, or empty if there is none.
    Optional<byte[]> read(String path);

    /// Writes objects so that they survive a power failure once this returns; in any order, and
    /// after a failure maybe only some.
    ///
    /// @throws ImmutableObjectException if an object exists with other bytes
    void writeAll(Map<String, byte[]> objects);

    /// Writes one object durably.
    ///
    /// @throws ImmutableObjectException if it exists with other bytes
    default void write(String path, byte[] bytes) {
        writeAll(Map.of(path, bytes));
    }
}
