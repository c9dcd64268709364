package org.jalur.node.witness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jalur.log.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** This journal's checkpoints with the cosignatures that witnesses gave. */
@Component
public class CosignedCheckpoints {
    private final JdbcClient jdbc;
    private final Clock clock;

    CosignedCheckpoints(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param note with the signatures of the log and of the witnesses
     * @param witnesses how many witnesses cosigned
     */
    public record Cosigned(long size, SignedNote note, int witnesses, Instant at) {
        static Cosigned from(ResultSet row, int number) throws SQLException {
            return new Cosigned(
                    row.getLong("size"),
                    SignedNote.parse(row.getString("note")),
                    row.getInt("witnesses"),
                    row.getObject("cosigned_at", OffsetDateTime.class).toInstant());
        }
    }

    void add(long size, SignedNote note, int witnesses, boolean independent) {
        jdbc.sql(
                        """
                        insert into cosigned_checkpoints (size, note, witnesses, independent, cosigned_at)
                        values (:size, :note, :witnesses, :independent, :now)
                        on conflict (size) do update set note = excluded.note, witnesses = excluded.witnesses,
                            independent = excluded.independent
                        where excluded.witnesses > cosigned_checkpoints.witnesses
                        """)
                .param("size", size)
                .param("note", note.format())
                .param("witnesses", witnesses)
                .param("independent", independent)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    public Optional<Cosigned> newest() {
        return jdbc.sql("select * from cosigned_checkpoints order by size desc limit 1")
                .query(Cosigned::from)
                .optional();
    }

    /**
     * The one that proves best when an entry existed: the earliest that an independent witness
     * cosigned, or the earliest of all where none has.
     */
    public Optional<Cosigned> earliestWith(long index) {
        return jdbc.sql(
                        """
                        select * from cosigned_checkpoints
                        where size = coalesce(
                            (select min(size) from cosigned_checkpoints where size > :index and independent),
                            (select min(size) from cosigned_checkpoints where size > :index))
                        """)
                .param("index", index)
                .query(Cosigned::from)
                .optional();
    }

    /**
     * Of what is older than a day, the first of each minute stays, with and without independent
     * witnesses.
     */
    @Scheduled(fixedDelay = 3_600_000)
    void thinOut() {
        jdbc.sql(
                        """
                        delete from cosigned_checkpoints where cosigned_at < :limit and size not in (
                            select min(size) from cosigned_checkpoints where cosigned_at < :limit
                            group by independent, date_trunc('minute', cosigned_at))
                        """)
                .param("limit", clock.instant().minusSeconds(86_400).atOffset(ZoneOffset.UTC))
                .update();
    }
}
