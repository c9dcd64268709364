package org.jalur.node.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In which language and zone people are told outside the pages, and when they are not. */
@Component
class Readers {
    private final JdbcClient jdbc;

    Readers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param language ISO 639-1
     */
    record Reader(String language, QuietHours quiet) {
        static final Reader USUAL =
                new Reader(
                        "id",
                        new QuietHours(
                                LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("Asia/Jakarta")));

        ZoneId zone() {
            return quiet.zone();
        }

        /** From columns that may all be absent. */
        static Reader from(ResultSet row) throws SQLException {
            String language = row.getString("language");
            return language == null
                    ? USUAL
                    : new Reader(
                            language,
                            new QuietHours(
                                    row.getObject("quiet_from", LocalTime.class),
                                    row.getObject("quiet_until", LocalTime.class),
                                    ZoneId.of(row.getString("zone"))));
        }
    }

    Optional<Reader> find(UUID account) {
        return jdbc.sql(
                        """
                        select language, zone, quiet_from, quiet_until from notification_readers
                        where account = :account
                        """)
                .param("account", account)
                .query((row, _) -> Reader.from(row))
                .optional();
    }

    void keep(UUID account, Reader reader) {
        jdbc.sql(
                        """
                        insert into notification_readers (account, language, zone, quiet_from, quiet_until)
                        values (:account, :language, :zone, :from, :until)
                        on conflict (account) do update set language = excluded.language, zone = excluded.zone,
                            quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until
                        """)
                .param("account", account)
                .param("language", reader.language())
                .param("zone", reader.zone().getId())
                .param("from", reader.quiet().from())
                .param("until", reader.quiet().until())
                .update();
    }
}
