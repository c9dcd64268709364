package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jalur.access.zone.Serial;

/**
 * A version of a zone.
 *
 * @param serial 0 if nothing was published yet
 * @param at when it was
 */
public record Published(Serial serial, Instant at) {
    static Published from(ResultSet row, int number) throws SQLException {
        return new Published(
                new Serial(row.getLong("serial")),
                row.getObject("published_at", OffsetDateTime.class).toInstant());
    }
}
