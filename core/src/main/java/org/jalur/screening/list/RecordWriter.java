package org.jalur.screening.list;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/// Writes separated values with a header (RFC 4180).
final class RecordWriter extends ListWriter {
    private final Writer out;
    private final ListFormat format;
    private final Dialect dialect;
    private final List<String> columns;
    private final char separator;

    RecordWriter(Writer out, ListFormat format, Dialect dialect, char separator)
            throws IOException {
        this.out = out;
        this.format = format;
        this.dialect = dialect;
        this.separator = separator;
        columns = dialect.columns();
        record(columns);
    }

    @Override
    public void write(ListEntry entry) throws IOException {
        Map<String, String> values = Columns.of(format, dialect, entry);
        record(columns.stream().map(column -> values.getOrDefault(column, "")).toList());
    }

    private void record(List<String> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.write(separator);
            }
            out.write(quoted(fields.get(i)));
        }
        out.write("\r\n");
    }

    private String quoted(String field) {
        boolean plain =
                field.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
