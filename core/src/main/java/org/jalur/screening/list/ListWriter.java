package org.jalur.screening.list;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes a list of signals, entry by entry.
///
/// Only {@link ListFormat#ENTRIES} keeps everything. The others leave out labels, descriptions and
/// times they have no place for; an entry whose kind, deletion, countries or threshold they cannot
/// say is refused, for without these it would mean something else.
public abstract sealed class ListWriter implements Closeable
        permits RecordWriter, LineWriter, JsonWriter {
    /// Begins a list; closing the writer ends it and closes the stream.
    ///
    /// @param cursor where whoever reads it continues; only {@link ListFormat#HASH_LIST} says it
    public static ListWriter of(OutputStream out, ListFormat format, Optional<String> cursor)
            throws IOException {
        Writer text =
                new BufferedWriter(
                        new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()));
        return switch (format) {
            case ENTRIES, SIGNALS, HASH_LIST_CSV, TCAP_ALERTS ->
                    new RecordWriter(text, format, format.dialect().orElseThrow(), ',');
            case ENTRIES_TABS, SIGNALS_TABS ->
                    new RecordWriter(text, format, format.dialect().orElseThrow(), '\t');
            case SIGNAL_LINES, DOMAINS -> new LineWriter(text, format);
            case THREAT_UPDATES, HASH_LIST, TCAP_URLS ->
                    new JsonWriter(text, format, format.dialect().orElseThrow(), cursor);
        };
    }

    /// Writes one more entry.
    ///
    /// @throws UnwritableEntryException if the format cannot say what it means; the list can be
    ///   written on without it
    public abstract void write(ListEntry entry) throws IOException;
}
