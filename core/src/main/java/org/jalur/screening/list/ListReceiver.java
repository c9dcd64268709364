package org.jalur.screening.list;

/// Takes what is read from a list, in its order. An exception it throws ends the reading.
public interface ListReceiver {
    /// An entry was read.
    ///
    /// @param line where it begins, from 1
    void entry(long line, ListEntry entry);

    /// A line was not understood; what comes after it is read.
    void error(LineError error);

    /// So much was read so far; called about once in a mebibyte.
    default void progress(long octets, long lines) {}
}
