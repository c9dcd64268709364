package org.jalur.log;

import java.util.List;
import java.util.function.LongConsumer;

/// What reading a whole log again has shown: every entry, and every tile of every level, hashed up
/// to a head that somebody signed.
///
/// Memory does not grow with the log: at most one tile of each level and one bundle are held.
///
/// @param entries how many were looked at, from the beginning
/// @param findings what is wrong, in the order in which it was found; at most {@value
///   #MAX_FINDINGS}
/// @param isComplete whether the end was reached; false after too many findings
public record LogAudit(TreeHead head, long entries, List<Finding> findings, boolean isComplete) {
    /// After so many findings nothing more is read.
    public static final int MAX_FINDINGS = 1000;

    /// One object that is not what the head vouches for.
    ///
    /// @param path of the object in its {@link LogStorage}; empty if no single one is to blame
    public record Finding(String path, String problem) {}

    public LogAudit {
        findings = List.copyOf(findings);
    }

    /// Reads the whole log of this head. What lies beyond it is not looked at.
    ///
    /// An object that cannot be read is a finding like any other.
    ///
    /// @param progress is told after each bundle how many entries have been looked at; it may take
    ///   its time, or throw to end the audit
    public static LogAudit of(LogStorage storage, TreeHead head, LongConsumer progress) {
        return new Auditor(storage, head, progress).audit();
    }

    /// Whether all of the log is as the head vouches for.
    public boolean isSound() {
        return isComplete && findings.isEmpty();
    }
}
