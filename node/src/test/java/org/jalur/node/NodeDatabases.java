package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jalur.log.Checkpoint;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.PosixStorage;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;

/** What the databases of test nodes say, and whether their journals say the same. */
final class NodeDatabases {
    private final TestNodes nodes;

    NodeDatabases(TestNodes nodes) {
        this.nodes = nodes;
    }

    /** Until nothing waits any more, on either side. */
    void settle(List<String> all) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (String party : all) {
            while (count(
                            party,
                            "select (select count(*) from outbox) + (select count(*) from journal_pending) + (select count(*) from unhandled) + (select count(*) from acknowledgements) + (select count(*) from actions where reported_at is null and next_attempt_at < now() + interval '1 day')")
                    > 0) {
                assertThat(System.nanoTime())
                        .as(party + " still has something under way")
                        .isLessThan(deadline);
                Thread.sleep(100);
            }
        }
        Thread.sleep(1000);
    }

    /** Until each has compared all checkpoints that the other's messages quote. */
    void awaitCompared(List<String> all) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (String party : all) {
            while (count(
                            party,
                            """
                            select count(*) from streams left join compared_messages compared using (channel)
                            where direction = 'in' and streams.seq > coalesce(compared.seq, 0)
                            """)
                    > 0) {
                assertThat(System.nanoTime())
                        .as(party + " still has checkpoints to compare")
                        .isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }

    /**
     * Every message and every receipt has exactly one entry, and the tiles say what the database
     * says.
     */
    void checkJournal(String party) throws Exception {
        for (String direction : List.of("in", "out")) {
            String kind = direction.equals("in") ? "message-received" : "message-sent";
            assertThat(
                            count(
                                    party,
                                    """
                                    select count(*) from messages where direction = '%s' and 1 <> (
                                        select count(*) from journal_entries entry
                                        where entry.message = messages.id and entry.kind = '%s' and entry.digest = messages.digest)
                                    """
                                            .formatted(direction, kind)))
                    .as("messages of %s without exactly one entry", party)
                    .isZero();
        }
        assertThat(
                        count(
                                party,
                                "select count(*) from journal_entries where kind = 'receipt-received'"))
                .isEqualTo(
                        count(
                                party,
                                "select count(*) from receipts join messages on messages.id = message where direction = 'out'"));
        List<String> entries =
                strings(
                        party,
                        "select kind || ' ' || encode(digest, 'base64') from journal_entries order by log_index");
        assertThat(count(party, "select coalesce(max(log_index) + 1, 0) from journal_entries"))
                .isEqualTo(entries.size());
        byte[] note =
                new FileCheckpointStore(nodes.home(party).resolve("checkpoints"))
                        .load("checkpoint")
                        .orElseThrow();
        var head = Checkpoint.parse(SignedNote.parse(note).text()).head();
        TiledLog log =
                TiledLog.open(
                        new PosixStorage(nodes.home(party).resolve("journal")),
                        head.size(),
                        head.root());
        assertThat(head.size()).isEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(new String(log.entry(i), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo(entries.get(i));
        }
    }

    long count(String party, String sql) throws Exception {
        return Long.parseLong(strings(party, sql).getFirst());
    }

    List<String> strings(String party, String sql) throws Exception {
        var postgres = nodes.postgres();
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(party.replace('-', '_')),
                                postgres.username(),
                                postgres.password());
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    /** The database as a file copy, while nobody is connected: how an operator takes a backup. */
    void copy(String from, String to) throws Exception {
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists %s with (force)".formatted(to));
            statement.execute(
                    "create database %s template %s strategy file_copy".formatted(to, from));
        }
    }

    void drop(String database) throws Exception {
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("drop database %s with (force)".formatted(database));
        }
    }

    private Connection connect(String database) throws Exception {
        var postgres = nodes.postgres();
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), postgres.username(), postgres.password());
    }
}
