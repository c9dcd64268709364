package org.jalur.node.witness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jalur.log.Checkpoint;
import org.jalur.log.NoteSignature;
import org.jalur.log.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** This journal's checkpoints with the cosignatures that witnesses gave. */
@Component
public class CosignedCheckpoints {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CosignedCheckpoints(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
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

    /** Where a witness stands, whoever asked it: the newest that it cosigned. */
    record Newest(long size, Optional<Instant> at) {}

    /** Adds what one witness cosigned to what others have; the first time counts. */
    void add(SignedNote cosignedByOne, String witness, boolean independent) {
        long size = Checkpoint.parse(cosignedByOne.text()).size();
        int first =
                jdbc.sql(
                                """
                                insert into cosigned_checkpoints
                                    (size, note, witnesses, independent, cosigned_at, by_whom)
                                values (:size, :note, 1, :independent, :now, array[:witness]::text[])
                                on conflict do nothing
                                """)
                        .param("size", size)
                        .param("note", cosignedByOne.format())
                        .param("independent", independent)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("witness", witness)
                        .update();
        if (first == 0) {
            transactions.executeWithoutResult(
                    _ -> addToOthers(size, cosignedByOne, witness, independent));
        }
        stands(witness, size);
    }

    private void stands(String witness, long size) {
        jdbc.sql(
                        """
                        insert into witness_standings (witness, size, cosigned_at) values (:witness, :size, :now)
                        on conflict (witness) do update set size = excluded.size, cosigned_at = excluded.cosigned_at
                        where witness_standings.size < excluded.size
                        """)
                .param("witness", witness)
                .param("size", size)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void addToOthers(
            long size, SignedNote cosignedByOne, String witness, boolean independent) {
        Optional<SignedNote> others =
                jdbc.sql(
                                """
                                select note from cosigned_checkpoints
                                where size = :size and not by_whom @> array[:witness]::text[] for update
                                """)
                        .param("size", size)
                        .param("witness", witness)
                        .query(String.class)
                        .optional()
                        .map(SignedNote::parse);
        if (others.isEmpty()) {
            return;
        }
        SignedNote together = others.get();
        for (NoteSignature signature : cosignedByOne.signatures()) {
            if (!together.signatures().contains(signature)) {
                together = together.with(signature);
            }
        }
        jdbc.sql(
                        """
                        update cosigned_checkpoints set note = :note, witnesses = witnesses + 1,
                            independent = independent or :independent, by_whom = by_whom || array[:witness]::text[]
                        where size = :size
                        """)
                .param("note", together.format())
                .param("independent", independent)
                .param("witness", witness)
                .param("size", size)
                .update();
    }

    Newest newestBy(String witness) {
        return jdbc.sql(
                        """
                        select size, cosigned_at from witness_standings where witness = :witness
                        """)
                .param("witness", witness)
                .query((row, _) ->
                        new Newest(
                                row.getLong("size"),
                                Optional.of(
                                        row.getObject("cosigned_at", OffsetDateTime.class)
                                                .toInstant())))
                .optional()
                .orElse(new Newest(0, Optional.empty()));
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
