package org.jalur.node.screening;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Refusal;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Throttled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an engine to what the database says, over one connection.
 *
 * <p>Each row has the number of the transaction that changed it last. A transaction may commit
 * after one with a greater number, so each round reads what the snapshot of the round before could
 * not see.
 */
final class EntryFeed {
    private static final Logger log = LoggerFactory.getLogger(EntryFeed.class);

    /** A snapshot that sees nothing. */
    private static final String BEGINNING = "3:3:";

    private static final String CHANGED =
            """
             where changed_in >= pg_snapshot_xmin(?::pg_snapshot)
                and not pg_visible_in_snapshot(changed_in, ?::pg_snapshot)
            """;

    private static final int AT_ONCE = 20_000;

    private final Connection connection;
    private final Screening engine;
    private final Runnable alive;
    private String horizon;

    /**
     * @param horizon what a copy of the engine has seen; empty for an engine without entries
     * @param alive called whenever something was read
     */
    EntryFeed(Connection connection, Screening engine, Optional<String> horizon, Runnable alive) {
        this.alive = alive;
        this.connection = connection;
        this.engine = engine;
        this.horizon = horizon.orElse(BEGINNING);
    }

    /** What this engine has seen, as PostgreSQL writes a snapshot. */
    String horizon() {
        return horizon;
    }

    /**
     * Reads what has changed.
     *
     * @return whether values were erased, so that no copy of them may stay
     */
    boolean read() throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            String next = now();
            lists();
            boolean erased = entries();
            horizon = next;
            alive.run();
            return erased;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private String now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private void lists() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select * from signature_lists" + CHANGED)) {
            statement.setString(1, horizon);
            statement.setString(2, horizon);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    SignatureList list = SignatureLists.read(row);
                    if (row.getObject("removed_at") != null) {
                        engine.removeList(list.id());
                    } else {
                        engine.put(withoutTerm(list));
                    }
                }
            }
        }
    }

    /** When an entry ends stands in its row, and nowhere else. */
    private static SignatureList withoutTerm(SignatureList list) {
        return new SignatureList(
                list.id(),
                list.name(),
                list.source(),
                list.mode(),
                list.allow(),
                list.pdqRadius(),
                list.pdqQuality(),
                Optional.empty(),
                list.raisedBy());
    }

    private boolean entries() throws SQLException {
        boolean erased = false;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select * from entries"
                                + CHANGED
                                + (horizon.equals(BEGINNING) ? " and removed_at is null" : ""))) {
            statement.setString(1, horizon);
            statement.setString(2, horizon);
            statement.setFetchSize(AT_ONCE);
            var batch = new ArrayList<EntryRow>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    EntryRow entry = EntryRow.of(row);
                    erased |= entry.emptied();
                    batch.add(entry);
                    if (batch.size() == AT_ONCE) {
                        take(batch);
                        batch.clear();
                    }
                }
            }
            take(batch);
        }
        return erased;
    }

    private void take(List<EntryRow> rows) {
        alive.run();
        List<UUID> gone =
                rows.stream().filter(row -> row.removedAt().isPresent()).map(EntryRow::id).toList();
        if (!gone.isEmpty()) {
            engine.remove(gone);
        }
        List<Entry> there =
                rows.stream()
                        .filter(row -> row.removedAt().isEmpty())
                        .filter(row -> engine.list(row.list()).isPresent())
                        .map(EntryRow::entry)
                        .toList();
        if (!there.isEmpty()) {
            for (Refusal refused : engine.add(there).refused()) {
                // It was checked when it was added; by then the rules were others.
                log.warn(
                        "entry {} is not screened for: {}",
                        refused.entry(),
                        refused.broken().sentence());
            }
        }
        for (EntryRow row : rows) {
            throttle(row);
        }
    }

    private void throttle(EntryRow row) {
        if (row.throttled().isPresent()) {
            engine.throttle(row.throttled().get());
        } else if (row.releasedAt().isPresent()) {
            Optional<Throttled> caught =
                    engine.throttled().stream()
                            .filter(one -> one.entry().equals(row.id()))
                            .filter(one -> one.since().isBefore(row.releasedAt().get()))
                            .findFirst();
            caught.ifPresent(one -> engine.release(one.entry()));
        }
    }
}
