package org.jalur.node.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jalur.node.web.Workers;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts orders in force and ends them when their time has come: sleeps until the next one, and is
 * woken where an earlier one appears. A look is one transaction that holds the order's row, with
 * the version of the zone that comes of it: of several processes one publishes, and one that is
 * killed has published nothing.
 */
final class BlockTimer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BlockTimer.class);
    private static final int AT_ONCE = 16;
    private static final long HELD_MILLIS = 20;
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final DataSource database;
    private final BlockLooks looks;
    private final Looking looking;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;
    private final Clock clock;
    private final Workers threads = new Workers();

    /** What comes of a look. */
    interface Looking {
        /** Looks at one block, and says in its row when to look again. */
        void look(BlockLooks.Due due);

        /** What must happen by the clock although the look failed. */
        void failed(BlockLooks.Due due);
    }

    BlockTimer(
            DataSource database,
            BlockLooks looks,
            Looking looking,
            TransactionTemplate transactions,
            Clock clock) {
        this.database = database;
        this.looks = looks;
        this.looking = looking;
        this.transactions = transactions;
        this.clock = clock;
        nested =
                new TransactionTemplate(
                        Objects.requireNonNull(transactions.getTransactionManager()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    public void start() {
        threads.begin();
        threads.start("access-blocks", this::run);
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void run() {
        while (threads.isRunning()) {
            try (Connection connection = database.getConnection()) {
                follow(connection);
            } catch (SQLException | RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("access blocks are not looked at; trying again", e);
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Connection connection) throws SQLException {
        PGConnection ears = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + BlockLooks.BELL);
        }
        try {
            while (threads.isRunning()) {
                int looked = lookAtDue();
                if (looked < AT_ONCE) {
                    // What is due and was not claimed is held by another process.
                    long least = looked == 0 ? HELD_MILLIS : 1;
                    ears.getNotifications((int) Math.max(least, untilNext().toMillis()));
                }
            }
        } finally {
            // Whoever stops the timer interrupts it, which closes the connection.
            if (threads.isRunning()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("unlisten *");
                }
            }
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        return looks.next()
                .map(next -> Duration.between(now, next))
                .filter(left -> left.compareTo(BlockLooks.SLEEP) < 0)
                .orElse(BlockLooks.SLEEP);
    }

    /** How many there were; those that others hold are theirs. */
    private int lookAtDue() {
        Integer looked =
                transactions.execute(_ -> {
                    List<BlockLooks.Due> due = looks.claim(AT_ONCE);
                    due.forEach(this::look);
                    return due.size();
                });
        return looked == null ? 0 : looked;
    }

    private void look(BlockLooks.Due due) {
        try {
            nested.executeWithoutResult(_ -> looking.look(due));
        } catch (RuntimeException e) {
            log.error("the access block {} was not looked at", due.block(), e);
            looking.failed(due);
        }
    }
}
