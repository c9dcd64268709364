package org.jalur.node.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at rows of a table when their time has come: sleeps until the next one, and is woken where
 * an earlier one appears. A look is one transaction that holds the row, with all that comes of it:
 * of several processes one does it, and one that is killed has done nothing.
 *
 * @param <T> a row whose time has come
 */
public final class DueTimer<T> implements SmartLifecycle {
    /** It looks at the table at least so often by itself; what comes later needs no bell. */
    public static final Duration SLEEP = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(DueTimer.class);
    private static final Duration HELD = Duration.ofMillis(20);

    private final String name;
    private final Rows<T> rows;
    private final int atOnce;
    private final Looking<T> looking;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;
    private final Clock clock;
    private final Workers threads = new Workers();
    private final Listening listening;

    /** When each is looked at next. */
    public interface Rows<T> {
        /** The channel of the database on which a change within {@link #SLEEP} is told. */
        String bell();

        /** In a transaction: the earliest that are due and that nobody else holds, held by it. */
        List<T> claim(int most);

        /** When the next one is due; empty if none is. */
        Optional<Instant> next();
    }

    /** What comes of a look. */
    public interface Looking<T> {
        /**
         * Before the first look, and after each fault: what needs a look and has no row gets one.
         */
        default void takeUp() {}

        /**
         * Whatever is needed to look at several, in their transaction.
         *
         * @return looks at one of them, and says in its row when to look again; what fails is
         *     rolled back
         */
        Consumer<T> at(List<T> due);

        /** Says in its row when to look again, and does what must happen although it failed. */
        void failed(T due);
    }

    /**
     * @param name of its thread, and of the rows in the log
     * @param atOnce how many are looked at in one transaction
     */
    public DueTimer(
            String name,
            DataSource database,
            Rows<T> rows,
            int atOnce,
            Looking<T> looking,
            TransactionTemplate transactions,
            Clock clock) {
        this.name = name;
        this.rows = rows;
        this.atOnce = atOnce;
        this.looking = looking;
        this.transactions = transactions;
        this.clock = clock;
        nested =
                new TransactionTemplate(
                        Objects.requireNonNull(transactions.getTransactionManager()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        listening = new Listening(database, rows.bell(), threads);
    }

    @Override
    public void start() {
        threads.begin();
        threads.start(name, () -> listening.run(name + " are not looked at", this::follow));
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void follow(Connection connection) throws SQLException {
        looking.takeUp();
        while (threads.isRunning()) {
            int looked = lookAtDue();
            if (looked < atOnce) {
                Duration left = untilNext();
                // What is due and was not claimed is held by another process.
                boolean held = looked == 0 && left.compareTo(HELD) < 0;
                Listening.await(connection, held ? HELD : left);
            }
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        return rows.next()
                .map(next -> Duration.between(now, next))
                .filter(left -> left.compareTo(SLEEP) < 0)
                .orElse(SLEEP);
    }

    /** How many there were; those that others hold are theirs. */
    private int lookAtDue() {
        Integer looked =
                transactions.execute(_ -> {
                    List<T> due = rows.claim(atOnce);
                    if (!due.isEmpty()) {
                        Consumer<T> look = looking.at(due);
                        due.forEach(one -> look(look, one));
                    }
                    return due.size();
                });
        return looked == null ? 0 : looked;
    }

    private void look(Consumer<T> look, T due) {
        try {
            nested.executeWithoutResult(_ -> look.accept(due));
        } catch (RuntimeException e) {
            log.error("of {}, {} was not looked at", name, due, e);
            looking.failed(due);
        }
    }
}
