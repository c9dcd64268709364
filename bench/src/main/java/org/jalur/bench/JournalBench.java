package org.jalur.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The journal of a running node: entries a second, and how soon a peer has cosigned them. */
public final class JournalBench {
    private static final int ENTRIES = 20_000;
    private static final int ROUNDS = 5;

    private final Connection database;

    private JournalBench(Connection database) {
        this.database = database;
    }

    /**
     * @param arguments demo.json; the folder of the demo's data, in which messages were sent; since
     *     when they came at a steady rate
     */
    public static void main(String[] arguments) throws Exception {
        try (Connection database = Millions.open(Path.of(arguments[1]), "authority")) {
            var bench = new JournalBench(database);
            bench.latencies(
                    "at a steady 50/s", "messages.recorded_at >= '%s'".formatted(arguments[2]));
            bench.latencies(
                    "while as many came as could",
                    "messages.recorded_at < '%s'".formatted(arguments[2]));
            for (int i = 0; i < ROUNDS; i++) {
                bench.throughput();
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Rows as transactions leave them, until every one stands under a published checkpoint. */
    private void throughput() throws Exception {
        long before = number("select coalesce(max(log_index) + 1, 0) from journal_entries");
        long start = System.nanoTime();
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    insert into journal_pending (kind, digest, recorded_at)
                    select 'evidence', sha256(n::text::bytea), now() from generate_series(1, %d) n
                    """
                            .formatted(ENTRIES));
        }
        while (number("select coalesce(max(size), 0) from cosigned_checkpoints")
                < before + ENTRIES) {
            Thread.sleep(5);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "through the node, %,d entries until they are signed, published and cosigned by the peer: %,.0f/s%n",
                ENTRIES, ENTRIES / seconds);
    }

    /** Of the messages that were sent before: from accepted to the first cosignature over them. */
    private void latencies(String load, String which) throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select extract(epoch from (
                                        select cosigned_at from cosigned_checkpoints where size > log_index
                                        order by size limit 1) - messages.recorded_at) * 1000
                                from messages join journal_entries on journal_entries.message = messages.id
                                where %s
                                """
                                        .formatted(which))) {
            while (rows.next()) {
                millis.add(rows.getDouble(1));
            }
        }
        Figures.print(
                "from a message accepted to its entry cosigned by the peer, " + load,
                millis.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
