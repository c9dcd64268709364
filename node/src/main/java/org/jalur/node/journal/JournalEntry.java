package org.jalur.node.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.jalur.log.Hash;

/**
 * One entry of the journal.
 *
 * @param index its place in the log, from 0
 * @param kind see {@link EntryKind}
 * @param digest SHA-256 of what it records
 * @param message row of the message, where it records one
 */
public record JournalEntry(long index, String kind, Hash digest, Optional<Long> message) {
    static JournalEntry from(ResultSet row, int number) throws SQLException {
        long message = row.getLong("message");
        return new JournalEntry(
                row.getLong("log_index"),
                row.getString("kind"),
                Hash.of(row.getBytes("digest")),
                row.wasNull() ? Optional.empty() : Optional.of(message));
    }

    /**
     * The octets in the log: kind, space, digest in base64; for example {@code decision 47DEQ…=}.
     */
    public byte[] octets() {
        return octets(kind, digest);
    }

    public static byte[] octets(EntryKind kind, Hash digest) {
        return octets(kind.wire(), digest);
    }

    /** The exact inverse of {@link #octets()}. */
    static JournalEntry parse(long index, byte[] octets) {
        String text = new String(octets, US_ASCII);
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException(
                    "entry %d of the journal is none of Jalur's".formatted(index));
        }
        return new JournalEntry(
                index,
                text.substring(0, space),
                Hash.of(Base64.getDecoder().decode(text.substring(space + 1))),
                Optional.empty());
    }

    private static byte[] octets(String kind, Hash digest) {
        return "%s %s".formatted(kind, digest.base64()).getBytes(US_ASCII);
    }
}
