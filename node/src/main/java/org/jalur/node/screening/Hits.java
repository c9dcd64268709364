package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came back, by the case whose signatures found it. */
@Component
public class Hits {
    private final JdbcClient jdbc;

    Hits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param signal file, text or url
     * @param verdict what the platform was told
     */
    public record Hit(
            UUID signature,
            int item,
            String signal,
            String mode,
            String verdict,
            Optional<String> url,
            Optional<String> channel,
            Instant at) {
        static Hit from(ResultSet row, int number) throws SQLException {
            return new Hit(
                    row.getObject("signature", UUID.class),
                    row.getInt("no"),
                    row.getString("kind"),
                    row.getString("mode"),
                    row.getString("verdict"),
                    Optional.ofNullable(row.getString("url")),
                    Optional.ofNullable(row.getString("channel")),
                    row.getObject("hit_at", OffsetDateTime.class).toInstant());
        }
    }

    /** The newest first, at most 100. */
    public List<Hit> of(UUID caseId) {
        return jdbc.sql(
                        """
                        select signature, signatures.no, kind, hits.mode, verdict, url, channel, hit_at
                        from hits join signatures on signatures.id = signature
                        where hits.case_id = :case order by hits.id desc limit 100
                        """)
                .param("case", caseId)
                .query(Hit::from)
                .list();
    }
}
