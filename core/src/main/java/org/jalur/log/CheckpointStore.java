package org.jalur.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A small durable store that lets exactly one of several writers replace a value: the last line
/// against signing two histories.
///
/// It keeps a log's newest checkpoint and what a witness has seen, outside the database, so that
/// restoring a backup cannot turn it back. What someone who controls it can do: make a node stop,
/// or let it sign a history that contradicts what it signed before; the peers' copies of the
/// signatures then prove that.
///
/// All methods throw {@link java.io.UncheckedIOException} if the store fails.
public interface CheckpointStore {
    /// The newest value under a key, or empty if there never was one.
    ///
    /// @throws IllegalArgumentException if the key is empty or too long
    Optional<byte[]> load(String key);

    /// Replaces a value if it is still the expected one, durably before this returns.
    ///
    /// @param expected what {@link #load} gave, `null` if that was empty
    /// @return whether it was replaced; if not, someone else was first and nothing changed. After
    ///   an exception either may be true: load again
    /// @throws IllegalArgumentException if the key is empty or too long
    boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next);
}
