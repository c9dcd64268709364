package org.jalur.log;

import java.util.List;
import java.util.Map;

/// The logs that a witness cosigns for, by origin: the border to where its operator names them.
/// Asked anew for each request, so the set may change at any time.
@FunctionalInterface
public interface KnownLogs {
    /// The keys that may sign checkpoints of this origin; none if the log is not known.
    List<NoteVerifier> keys(String origin);

    /// A set that never changes.
    static KnownLogs of(Map<String, List<NoteVerifier>> keysByOrigin) {
        Map<String, List<NoteVerifier>> copy = Map.copyOf(keysByOrigin);
        return origin -> copy.getOrDefault(origin, List.of());
    }
}
