package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Origin;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.Throttled;

/**
 * An entry of a list as the node keeps it.
 *
 * @param value empty once it was erased
 * @param no the item of the case whose decision created it
 * @param authority at whose notice, by its party id
 * @param agreement digest of the agreement that covered it
 * @param sourceId how the source calls it
 * @param addedBy pseudonym of whoever added it; empty for a decision
 */
public record EntryRow(
        UUID id,
        String list,
        Signal signal,
        String value,
        List<String> countries,
        Optional<UUID> caseId,
        Optional<Integer> no,
        Optional<String> authority,
        Optional<String> agreement,
        Optional<Long> batch,
        Optional<String> sourceId,
        Optional<String> label,
        Optional<String> description,
        Optional<String> addedBy,
        Instant addedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> removedAt,
        boolean emptied,
        Optional<Throttled> throttled,
        Optional<Instant> releasedAt) {
    public EntryRow {
        countries = List.copyOf(countries);
    }

    static EntryRow from(ResultSet row, int number) throws SQLException {
        return of(row);
    }

    static EntryRow of(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] agreement = row.getBytes("agreement");
        return new EntryRow(
                id,
                row.getString("list"),
                Signal.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("value"),
                List.of((String[]) row.getArray("countries").getArray()),
                Optional.ofNullable(row.getObject("case_id", UUID.class)),
                Optional.ofNullable(row.getObject("no", Integer.class)),
                Optional.ofNullable(row.getString("origin")),
                Optional.ofNullable(agreement).map(HexFormat.of()::formatHex),
                Optional.ofNullable(row.getObject("import", Long.class)),
                Optional.ofNullable(row.getString("source_id")),
                Optional.ofNullable(row.getString("label")),
                Optional.ofNullable(row.getString("description")),
                Optional.ofNullable(row.getString("added_by")),
                instant(row, "added_at").orElseThrow(),
                instant(row, "expires_at"),
                instant(row, "removed_at"),
                instant(row, "emptied_at").isPresent(),
                throttled(id, row),
                instant(row, "released_at"));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static Optional<Throttled> throttled(UUID id, ResultSet row) throws SQLException {
        Optional<Instant> since = instant(row, "throttled_at");
        if (since.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Throttled(
                        id,
                        since.get(),
                        Throttled.Reason.valueOf(
                                row.getString("throttled_for").toUpperCase(Locale.ROOT)),
                        row.getLong("throttled_hits"),
                        row.getInt("throttled_authors")));
    }

    /** As the engine takes it. */
    Entry entry() {
        return new Entry(
                id,
                list,
                signal,
                value,
                new Origin(
                        caseId.map(UUID::toString).orElse(""),
                        authority.orElse(""),
                        agreement.orElse("")),
                countries,
                expiresAt);
    }

    /** Whether it is screened for, at this time. */
    public boolean counts(Instant now) {
        return removedAt.isEmpty() && expiresAt.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
