package org.jalur.node.zones;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.zone.ListOrder;

/**
 * A file that becomes the list's zone.
 *
 * @param lines that were read
 * @param wrong of them no names
 * @param names in the file, each once
 * @param added by which the list grows
 * @param removed which the list loses
 * @param protectedNames that the list would newly hit
 * @param examples of the names that come or go
 * @param serial version that has it, once it is published
 * @param begunBy pseudonym
 * @param decidedBy pseudonym of who approved or refused it
 */
record ZoneImport(
        long id,
        String file,
        State state,
        long octets,
        long octetsRead,
        long lines,
        long wrong,
        long names,
        long added,
        long removed,
        List<String> protectedNames,
        List<String> examples,
        ListOrder order,
        Optional<Long> serial,
        @JsonIgnore UUID begunById,
        String begunBy,
        Optional<String> decidedBy,
        Instant begunAt,
        Optional<Instant> endedAt) {
    /** How far it is. */
    enum State {
        READING,
        /** For a second person. */
        WAITING,
        PUBLISHING,
        PUBLISHED,
        REFUSED,
        /** The list has changed since it was compared. */
        OVERTAKEN,
        FAILED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ZoneImport from(ResultSet row, int number) throws SQLException {
        long serial = row.getLong("serial");
        boolean unpublished = row.wasNull();
        return new ZoneImport(
                row.getLong("id"),
                row.getString("file"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("octets"),
                row.getLong("octets_read"),
                row.getLong("lines"),
                row.getLong("wrong"),
                row.getLong("names"),
                row.getLong("added"),
                row.getLong("removed"),
                List.of((String[]) row.getArray("protected").getArray()),
                List.of((String[]) row.getArray("examples").getArray()),
                new ListOrder(
                        row.getString("issuer"),
                        row.getString("ground"),
                        row.getString("objection"),
                        instant(row, "issued_at").orElseThrow(),
                        instant(row, "review_at").orElseThrow()),
                unpublished ? Optional.empty() : Optional.of(serial),
                row.getObject("begun_by", UUID.class),
                row.getString("begun_name"),
                Optional.ofNullable(row.getString("decided_name")),
                instant(row, "begun_at").orElseThrow(),
                instant(row, "ended_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /** How much of the file was read. */
    public int percent() {
        return octets == 0 ? 100 : (int) Math.min(100, 100 * octetsRead / octets);
    }

    /** Whether it goes on by itself. */
    @JsonIgnore
    public boolean isRunning() {
        return state == State.READING || state == State.PUBLISHING;
    }
}
