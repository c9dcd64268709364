package org.jalur.screening.list;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.ListRule;
import org.jalur.screening.list.Records.Fields;

/// Reads a list of separated values with a header.
final class RecordList {
    private RecordList() {}

    static void read(Reading reading, char separator, Dialect dialect) throws IOException {
        var records = new Records(reading, separator);
        Optional<Fields> header = records.next();
        if (header.isEmpty()) {
            return;
        }
        List<String> names =
                header.get().values().stream().map(name -> name(dialect, name)).toList();
        checkNames(reading, header.get(), dialect);
        for (Optional<Fields> next = records.next(); next.isPresent(); next = records.next()) {
            long line = next.get().line();
            List<String> values = next.get().values();
            if (values.size() == names.size()) {
                reading.row(line, dialect, row(names, values));
            } else {
                reading.error(
                        new LineError(
                                line,
                                String.join(String.valueOf(separator), values),
                                ListRule.FIELDS.broken(values.size(), names.size())));
            }
        }
    }

    /// The column of a kind may have any of its names.
    private static String name(Dialect dialect, String written) {
        String name = Row.name(written);
        return dialect == Dialect.ENTRIES
                ? SignalKind.of(name).map(SignalKind::word).orElse(name)
                : name;
    }

    private static Row row(List<String> names, List<String> values) {
        var row = new Row();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values.get(i));
        }
        return row;
    }

    /// A misspelt column of our own would be left out in silence; others' columns are many.
    private static void checkNames(Reading reading, Fields header, Dialect dialect) {
        if (dialect != Dialect.ENTRIES) {
            return;
        }
        for (String written : header.values()) {
            String name = name(dialect, written);
            boolean kind = SignalKind.of(name).isPresent();
            if (!kind && !dialect.columns().contains(name)) {
                reading.error(
                        new LineError(
                                header.line(),
                                written,
                                ListRule.COLUMN.broken(String.join(", ", dialect.columns()))));
            }
        }
    }
}
