package org.jalur.screening.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Reads a list of signals, entry by entry, in memory that does not grow with the list.
///
/// A bad entry is reported with its line, and the next one is read. A list must be UTF-8; a byte
/// order mark before it is left out. The stream is read to its end and not closed.
public final class ListReader {
    private ListReader() {}

    /// Reads a list in the format that its first {@value ListHead#OCTETS} octets show.
    ///
    /// @param name of the file, which decides only where the content says nothing
    /// @throws UnreadableListException if neither shows a format
    /// @throws IOException if it cannot be read, and no other
    public static ListSummary read(InputStream in, String name, ListReceiver receiver)
            throws IOException {
        var head = new ListHead(in.readNBytes(ListHead.OCTETS));
        return read(in, head, head.format(name), receiver);
    }

    /// Reads a list in this format.
    ///
    /// @throws UnreadableListException if it is not even text
    /// @throws IOException if it cannot be read, and no other
    public static ListSummary read(InputStream in, ListFormat format, ListReceiver receiver)
            throws IOException {
        return read(in, new ListHead(in.readNBytes(ListHead.OCTETS)), format, receiver);
    }

    private static ListSummary read(
            InputStream rest, ListHead head, ListFormat format, ListReceiver receiver)
            throws IOException {
        var begin = new ByteArrayInputStream(head.octets());
        begin.skipNBytes(head.start());
        var reading =
                new Reading(
                        new CountedInput(new SequenceInputStream(begin, new CountedInput(rest))),
                        receiver);
        switch (format) {
            case SIGNAL_LINES -> SignalLines.read(reading);
            case DOMAINS -> DomainLines.read(reading);
            case ENTRIES,
                    ENTRIES_TABS,
                    SIGNALS,
                    SIGNALS_TABS,
                    THREAT_UPDATES,
                    HASH_LIST,
                    HASH_LIST_CSV,
                    TCAP_ALERTS,
                    TCAP_URLS ->
                    read(reading, format, format.dialect().orElseThrow(), head.isJsonLines());
        }
        return reading.summary(format);
    }

    private static void read(Reading reading, ListFormat format, Dialect dialect, boolean jsonLines)
            throws IOException {
        switch (format.container()) {
            case COMMA, LINES -> RecordList.read(reading, ',', dialect);
            case TAB -> RecordList.read(reading, '\t', dialect);
            case JSON -> {
                if (jsonLines) {
                    new JsonList(reading, dialect).readLines();
                } else {
                    new JsonList(reading, dialect).readDocument();
                }
            }
        }
    }
}
