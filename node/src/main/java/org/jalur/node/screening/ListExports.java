package org.jalur.node.screening;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.screening.list.InvalidEntryException;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.ListFormat;
import org.jalur.screening.list.ListWriter;
import org.jalur.screening.list.SignalKind;
import org.jalur.screening.list.UnwritableEntryException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists as files, and what people said of them for whoever they came from. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class ListExports {
    private final JdbcClient jdbc;

    ListExports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Formats of which it is known how others write them. */
    static boolean canWrite(ListFormat format) {
        return switch (format) {
            case ENTRIES, SIGNALS, HASH_LIST, SIGNAL_LINES, DOMAINS, THREAT_UPDATES -> true;
            case ENTRIES_TABS, SIGNALS_TABS, HASH_LIST_CSV, TCAP_ALERTS, TCAP_URLS -> false;
        };
    }

    static Optional<ListFormat> format(String word) {
        return Arrays.stream(ListFormat.values())
                .filter(ListExports::canWrite)
                .filter(one -> SignatureLists.wire(one).equals(word))
                .findFirst();
    }

    /**
     * How such a file is called.
     *
     * @param left how many entries the format could not say
     */
    static String fileName(String list, ListFormat format, long left) {
        String ending =
                switch (format) {
                    case ENTRIES, SIGNALS, HASH_LIST_CSV, TCAP_ALERTS -> "csv";
                    case ENTRIES_TABS, SIGNALS_TABS -> "tsv";
                    case SIGNAL_LINES, DOMAINS -> "txt";
                    case THREAT_UPDATES, HASH_LIST, TCAP_URLS -> "json";
                };
        return list + (left == 0 ? "" : "-without-" + left) + "." + ending;
    }

    /**
     * Writes the entries of a list as a stream; those that the format cannot say are left out.
     *
     * @return how many were left out
     */
    @Transactional(readOnly = true)
    long write(String list, ListFormat format, OutputStream out) throws IOException {
        long[] left = {0};
        try (ListWriter writer = ListWriter.of(out, format, Optional.empty())) {
            jdbc.sql(
                            "select * from entries where list = :list and removed_at is null and (expires_at is null or expires_at > now()) order by added_at, id")
                    .param("list", list)
                    .withFetchSize(5_000)
                    .query((ResultSet row) -> {
                        try {
                            writer.write(exchanged(EntryRow.of(row)));
                        } catch (UnwritableEntryException | InvalidEntryException _) {
                            left[0]++;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return left[0];
    }

    private static ListEntry exchanged(EntryRow row) {
        return new ListEntry(
                SignalKind.valueOf(row.signal().name()),
                row.value(),
                row.sourceId(),
                row.label(),
                row.description(),
                row.countries(),
                Optional.of(row.addedAt()),
                Optional.empty(),
                false,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /**
     * What people said of each entry that hit, for its source: CSV with source_id, kind, value,
     * confirmed, denied.
     */
    @Transactional(readOnly = true)
    void writeFeedback(String list, OutputStream out) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader("source_id", "kind", "value", "hits", "confirmed", "denied")
                        .get();
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            jdbc.sql(
                            """
                            select source_id, kind, value, reviewed.*,
                                (select coalesce(sum(hits), 0) from hit_counts where entry = entries.id) as hits
                            from (select entry, count(*) filter (where correct) as confirmed,
                                    count(*) filter (where not correct) as denied
                                from hit_reviews where list = :list group by entry) reviewed
                                join entries on entries.id = reviewed.entry
                            order by source_id, kind, value
                            """)
                    .param("list", list)
                    .query((ResultSet row) -> print(printer, row));
        }
    }

    private static void print(CSVPrinter printer, ResultSet row) throws SQLException {
        try {
            printer.printRecord(
                    row.getString("source_id"),
                    SignalKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)).word(),
                    row.getString("value"),
                    row.getLong("hits"),
                    row.getLong("confirmed"),
                    row.getLong("denied"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
