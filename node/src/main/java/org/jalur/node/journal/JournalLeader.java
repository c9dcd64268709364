package org.jalur.node.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jalur.node.register.OwnKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Integrates recorded entries. Of several processes on one database only the one that holds the
 * advisory lock is the leader; all its statements run on the connection that holds the lock, so a
 * leader that lost it cannot write. The compare-and-swap store has the last word.
 */
@Component
class JournalLeader implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JournalLeader.class);
    private static final int MOST = 4096;
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final PublishedLog published;
    private final OwnKeys keys;
    private final KnownWitnesses witnesses;
    private final JournalBell bell;
    private final List<IntegrationListener> listeners;
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    JournalLeader(
            DataSource dataSource,
            PublishedLog published,
            OwnKeys keys,
            KnownWitnesses witnesses,
            JournalBell bell,
            List<IntegrationListener> listeners) {
        this.dataSource = dataSource;
        this.published = published;
        this.keys = keys;
        this.witnesses = witnesses;
        this.bell = bell;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("journal-leader").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                lead(connection);
            } catch (SQLException | RuntimeException e) {
                log.error("the journal stands still: {}; trying again", e.getMessage(), e);
                pause(AFTER_FAULT);
            }
        }
    }

    private void lead(Connection connection) throws SQLException {
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        while (running && !LeaderLock.tryTake(jdbc)) {
            pause(AFTER_FAULT);
        }
        try {
            published.reload();
            new StartCheck(jdbc, published, witnesses).run();
            listeners.forEach(IntegrationListener::resumed);
            while (running) {
                if (!integrate(connection, jdbc)) {
                    pause(IDLE);
                }
                // What is recorded meanwhile shares the signature and the writes to disk.
                gather();
            }
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
                LeaderLock.release(jdbc);
            }
        }
    }

    /**
     * The first rows are taken as a range: "id in (…)" was once planned for an empty table as a
     * scan for each row, and a burst of 20,000 rows then took 24 seconds.
     */
    private boolean integrate(Connection connection, JdbcClient jdbc) throws SQLException {
        connection.setAutoCommit(false);
        int assigned =
                jdbc.sql(
                                """
                                with moved as (
                                    delete from journal_pending
                                    where id <= (select max(id) from
                                            (select id from journal_pending order by id limit :most) first)
                                    returning *)
                                insert into journal_entries (log_index, id, kind, digest, message, recorded_at)
                                select (select coalesce(max(log_index) + 1, 0) from journal_entries)
                                        + row_number() over (order by id) - 1,
                                    id, kind, digest, message, recorded_at
                                from moved
                                """)
                        .param("most", MOST)
                        .update();
        connection.commit();
        connection.setAutoCommit(true);
        List<JournalEntry> entries =
                jdbc.sql(
                                """
                                select log_index, kind, digest, message from journal_entries
                                where log_index >= :size order by log_index limit :most
                                """)
                        .param("size", published.head().size())
                        .param("most", MOST)
                        .query(JournalEntry::from)
                        .list();
        if (entries.isEmpty()) {
            return assigned > 0;
        }
        if (entries.stream().anyMatch(entry -> entry.kind().equals(EntryKind.KEYS.wire()))) {
            // The change of keys is the first thing that the new keys sign.
            keys.follow();
        }
        if (published.integrate(entries.stream().map(JournalEntry::octets).toList())) {
            listeners.forEach(listener -> listener.integrated(entries));
        } else {
            log.warn("another process moved the journal's checkpoint; starting again from it");
        }
        return true;
    }

    private void gather() {
        try {
            Thread.sleep(GATHER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void pause(Duration atMost) {
        try {
            bell.await(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /**
     * What is compared before a leader signs anything: database, tiles, and what witnesses have
     * seen tell the same story.
     */
    private record StartCheck(JdbcClient jdbc, PublishedLog published, KnownWitnesses witnesses) {
        void run() {
            witnesses.seen(published.origin()).forEach(published::requireToExtend);
            new DatabaseCheck(jdbc, published).require();
        }
    }
}
