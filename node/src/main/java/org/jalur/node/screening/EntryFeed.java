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
 * after one with a greater number, so each round begins where the oldest was that still ran in the
 * round before.
 */
final class EntryFeed {
    private static final Logger log = LoggerFactory.getLogger(EntryFeed.class);
    private static final String BEGINNING = "0";
    private static final int AT_ONCE = 20_000;

    private final Connection connection;
    private final Screening engine;
    private String horizon;

    /**
     * @param horizon where a snapshot of the engine was taken; empty for an engine without entries
     */
    EntryFeed(Connection connection, Screening engine, Optional<String> horizon) {
        this.connection = connection;
        this.engine = engine;
        this.horizon = horizon.orElse(BEGINNING);
    }

    /** What this engine knows: whatever changed from this transaction on may be missing. */
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
            String next = oldestRunning();
            lists();
            boolean erased = entries();
            horizon = next;
            return erased;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private String oldestRunning() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select pg_snapshot_xmin(pg_current_snapshot())::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private void lists() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select * from signature_lists where changed_in >= ?::xid8")) {
            statement.setString(1, horizon);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    SignatureList list = SignatureLists.read(row);
                    if (row.getObject("removed_at") != null) {
                        engine.removeList(list.id());
                    } else {
                        engine.put(list);
                    }
                }
            }
        }
    }

    private boolean entries() throws SQLException {
        boolean erased = false;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select * from entries where changed_in >= ?::xid8"
                                + (horizon.equals(BEGINNING) ? " and removed_at is null" : ""))) {
            statement.setString(1, horizon);
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
                log.warn("entry {} is not screened for: {}", refused.entry(), refused.rule());
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
