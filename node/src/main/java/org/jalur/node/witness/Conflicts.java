package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.log.SplitView;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Proof that a log signed two histories. It is kept for ever, and anyone can check it. */
@Component
class Conflicts {
    private final JdbcClient jdbc;
    private final Clock clock;

    Conflicts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param origin the log that signed both
     * @param evidence two checkpoints and the path between them
     */
    record Conflict(UUID id, String origin, SplitView evidence, Instant foundAt) {
        static Conflict from(ResultSet row, int number) throws SQLException {
            return new Conflict(
                    row.getObject("id", UUID.class),
                    row.getString("origin"),
                    SplitView.parse(row.getString("evidence")),
                    row.getObject("found_at", OffsetDateTime.class).toInstant());
        }
    }

    /**
     * Keeps evidence that was verified.
     *
     * @return whether it is new
     */
    boolean add(String origin, SplitView evidence) {
        String text = evidence.format();
        // One fork is shown once, however many messages quote it.
        Hash same = Hash.sha256(evidence.older().text().getBytes(UTF_8));
        return jdbc.sql(
                                """
                                insert into conflicts (id, origin, digest, evidence, found_at)
                                values (:id, :origin, :digest, :evidence, :now) on conflict (digest) do nothing
                                """)
                        .param("id", UUID.randomUUID())
                        .param("origin", origin)
                        .param("digest", same.bytes())
                        .param("evidence", text)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<Conflict> all() {
        return jdbc.sql("select * from conflicts order by found_at desc limit 100")
                .query(Conflict::from)
                .list();
    }

    Optional<Conflict> one(UUID id) {
        return jdbc.sql("select * from conflicts where id = :id")
                .param("id", id)
                .query(Conflict::from)
                .optional();
    }

    /** Those that the peer concerned has not been told yet. */
    List<Conflict> untold(String origin) {
        return jdbc.sql("select * from conflicts where origin = :origin and told_at is null")
                .param("origin", origin)
                .query(Conflict::from)
                .list();
    }

    void told(UUID id) {
        jdbc.sql("update conflicts set told_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }
}
