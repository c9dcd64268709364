package org.jalur.node.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on a connection of its own that hears a channel of the database: what another process
 * commits is heard at once. After a fault it begins anew, on another connection.
 */
public final class Listening {
    private static final Logger log = LoggerFactory.getLogger(Listening.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final DataSource database;
    private final String channel;
    private final Workers threads;

    /** What is done as long as the node runs; it waits by {@link #await}. */
    @FunctionalInterface
    public interface Work {
        void follow(Connection connection) throws SQLException;
    }

    /**
     * @param channel of PostgreSQL's notify
     * @param threads that the work is one of
     */
    public Listening(DataSource database, String channel, Workers threads) {
        this.database = database;
        this.channel = channel;
        this.threads = threads;
    }

    /**
     * Works until the threads are stopped.
     *
     * @param fault what is said of each fault in the log: what does not happen meanwhile
     */
    public void run(String fault, Work work) {
        while (threads.isRunning()) {
            try (Connection connection = database.getConnection()) {
                listen(connection, work);
            } catch (SQLException | RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("{}; trying again", fault, e);
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection, Work work) throws SQLException {
        execute(connection, "listen " + channel);
        try {
            work.follow(connection);
        } finally {
            // Whoever stops the threads interrupts them, which closes the connection.
            if (threads.isRunning()) {
                execute(connection, "unlisten *");
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Until something is heard on the connection, but not longer than so. */
    public static void await(Connection connection, Duration longest) throws SQLException {
        // Zero would be for ever.
        int millis = (int) Math.max(1, longest.toMillis());
        connection.unwrap(PGConnection.class).getNotifications(millis);
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAULT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
