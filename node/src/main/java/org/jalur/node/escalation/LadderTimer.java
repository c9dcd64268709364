package org.jalur.node.escalation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
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
 * Looks at ladders when their time has come: sleeps until the next one, and is woken where an
 * earlier one appears. A look is one transaction that holds the ladder's row, with all that comes
 * of it: of several processes one does it, and one that is killed has done nothing.
 */
final class LadderTimer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LadderTimer.class);
    private static final int AT_ONCE = 64;
    private static final long HELD_MILLIS = 20;
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final DataSource database;
    private final Ladders ladders;
    private final Looking looking;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;
    private final Clock clock;
    private final Workers threads = new Workers();

    /** What comes of a look. */
    interface Looking {
        /**
         * Before the first look, and after each fault: what needs a look and has no row gets one.
         */
        void takeUp();

        /**
         * Whatever is needed to look at several, in their transaction.
         *
         * @return looks at one of them, and says in its row when to look again
         */
        Look at(List<Ladders.Due> due);
    }

    /** Looks at one ladder; what fails is rolled back, and tried again later. */
    interface Look {
        void at(Ladders.Due due);
    }

    LadderTimer(
            DataSource database,
            Ladders ladders,
            Looking looking,
            TransactionTemplate transactions,
            Clock clock) {
        this.database = database;
        this.ladders = ladders;
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
        threads.start("ladders", this::run);
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
                    log.error("ladders are not looked at; trying again", e);
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
            statement.execute("listen " + Ladders.BELL);
        }
        try {
            looking.takeUp();
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
        return ladders.next()
                .map(next -> Duration.between(clock.instant(), next))
                .filter(left -> left.compareTo(Ladders.SLEEP) < 0)
                .orElse(Ladders.SLEEP);
    }

    /** How many there were; those that others hold are theirs. */
    private int lookAtDue() {
        Integer looked =
                transactions.execute(_ -> {
                    List<Ladders.Due> due = ladders.claim(AT_ONCE);
                    if (!due.isEmpty()) {
                        Look look = looking.at(due);
                        due.forEach(one -> look(look, one));
                    }
                    return due.size();
                });
        return looked == null ? 0 : looked;
    }

    private void look(Look look, Ladders.Due due) {
        try {
            nested.executeWithoutResult(_ -> look.at(due));
        } catch (RuntimeException e) {
            log.error("the ladder about {} {} was not looked at", due.about(), due.subject(), e);
            ladders.failed(due);
        }
    }
}
