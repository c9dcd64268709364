package org.jalur.screening.list;

import java.io.IOException;
import java.io.Writer;

/// Writes an entry a line.
final class LineWriter extends ListWriter {
    private final Writer out;
    private final ListFormat format;

    LineWriter(Writer out, ListFormat format) {
        this.out = out;
        this.format = format;
    }

    @Override
    public void write(ListEntry entry) throws IOException {
        if (entry.deleted() || !entry.countries().isEmpty() || entry.threshold().isPresent()) {
            throw new UnwritableEntryException(format, "a deleted entry, countries or a threshold");
        }
        if (format == ListFormat.SIGNAL_LINES) {
            out.write(Columns.signalType(format, entry.kind()) + ' ' + line(entry.value()));
        } else if (entry.kind() == SignalKind.DOMAIN) {
            out.write(entry.value());
        } else {
            throw new UnwritableEntryException(format, "a " + entry.kind().word());
        }
        out.write('\n');
    }

    private String line(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new UnwritableEntryException(format, "a phrase of several lines");
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
