package org.jalur.node.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a database that is older than the journal the entries it lost, from the entry bundles, so
 * that the same tree goes on. What was recorded again is tied to the place it had; what nobody
 * recorded again stays a digest. Signs nothing.
 */
@Component
public class JournalRecovery {
    private static final int MOST = 4096;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final PublishedLog published;
    private final KnownWitnesses witnesses;
    private final TransactionTemplate transactions;
    private final Clock clock;

    JournalRecovery(
            DataSource dataSource,
            JdbcClient jdbc,
            PublishedLog published,
            KnownWitnesses witnesses,
            TransactionTemplate transactions,
            Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.published = published;
        this.witnesses = witnesses;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** No node gives entries a place meanwhile. */
    public interface Lead extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param database how many entries the database knows
     * @param journal how many stand in the signed journal
     */
    public record Standing(long database, long journal) {
        public boolean isWhole() {
            return database >= journal;
        }
    }

    /**
     * @throws IllegalStateException if a node leads this journal now
     */
    public Lead lead() {
        try {
            Connection connection = dataSource.getConnection();
            var own = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            if (!LeaderLock.tryTake(own)) {
                connection.close();
                throw new IllegalStateException(
                        "a node is running on this database, or another recovery; stop it first");
            }
            return () -> {
                LeaderLock.release(own);
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException("the leader's connection did not close", e);
                }
            };
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached", e);
        }
    }

    /**
     * How far database and journal go.
     *
     * @throws IllegalStateException if they do not belong together, or the journal is an old one
     */
    public Standing standing() {
        published.reload();
        witnesses.seen(published.origin()).forEach(published::requireToExtend);
        var check = new DatabaseCheck(jdbc, published);
        check.requireSame(published.head().size());
        return new Standing(check.known(), published.head().size());
    }

    /** Reads what the tiles hold beyond the database; each entry is checked against the root. */
    public void readEntries(Standing standing) {
        long read =
                jdbc.sql("select coalesce(max(log_index) + 1, 0) from recovered_entries")
                        .query(Long.class)
                        .single();
        long from = Math.max(standing.database(), read);
        while (from < standing.journal()) {
            long to = Math.min(from + MOST, standing.journal());
            var batch = new ArrayList<JournalEntry>();
            for (long index = from; index < to; index++) {
                batch.add(JournalEntry.parse(index, published.entry(index)));
            }
            jdbc.sql(
                            """
                            insert into recovered_entries (log_index, kind, digest)
                            select log_index, kind, digest
                            from unnest(:indexes::bigint[], :kinds::text[], :digests::bytea[])
                                as new(log_index, kind, digest)
                            """)
                    .param("indexes", batch.stream().map(JournalEntry::index).toArray(Long[]::new))
                    .param("kinds", batch.stream().map(JournalEntry::kind).toArray(String[]::new))
                    .param(
                            "digests",
                            batch.stream()
                                    .map(entry -> entry.digest().bytes())
                                    .toArray(byte[][]::new))
                    .update();
            from = to;
        }
    }

    /** Where the journal has this, among the entries that the database does not know. */
    public Optional<Long> place(EntryKind kind, Hash digest) {
        return jdbc.sql(
                        """
                        select log_index from recovered_entries where digest = :digest and kind = :kind
                        order by log_index limit 1
                        """)
                .param("digest", digest.bytes())
                .param("kind", kind.wire())
                .query(Long.class)
                .optional();
    }

    /** Entries that nothing in the database speaks for any more. */
    public List<JournalEntry> withoutRecord(EntryKind kind, Standing standing) {
        return jdbc.sql(
                        """
                        select log_index, kind, digest, null::bigint as message from recovered_entries entry
                        where kind = :kind and log_index >= :from
                            and not exists (select 1 from recovered
                                where recovered.log_index = entry.log_index
                                    or recovered.receipt_index = entry.log_index)
                            and not exists (select 1 from journal_pending pending
                                where pending.digest = entry.digest and pending.kind = entry.kind)
                            and not (kind = 'decision' and exists (
                                select 1 from decisions where decisions.leaf = entry.digest))
                        order by log_index
                        """)
                .param("kind", kind.wire())
                .param("from", standing.database())
                .query(JournalEntry::from)
                .list();
    }

    /**
     * Gives the database the entries of the journal, in their order: as records where there are
     * any, else as digests. What was recorded and stands in no tile yet stays pending.
     *
     * @return how many entries were given back
     */
    public long continueTree(Standing standing) {
        published.reload();
        if (published.head().size() != standing.journal()) {
            throw new IllegalStateException(
                    "the journal grew from %d to %d entries meanwhile: a node is running on jalur.home; stop it first"
                            .formatted(standing.journal(), published.head().size()));
        }
        long from = standing.database();
        while (from < standing.journal()) {
            long next = Math.min(from + MOST, standing.journal());
            giveBack(from, next);
            from = next;
        }
        jdbc.sql("delete from recovered_entries").update();
        return standing.journal() - standing.database();
    }

    private void giveBack(long from, long to) {
        transactions.executeWithoutResult(_ ->
                jdbc.sql(
                                """
                                with entries as (
                                    select * from recovered_entries
                                    where log_index >= :from and log_index < :to),
                                records as (
                                    delete from journal_pending pending using entries
                                    where pending.digest = entries.digest and pending.kind = entries.kind
                                    returning entries.log_index, pending.id, pending.message, pending.recorded_at)
                                insert into journal_entries (log_index, id, kind, digest, message, recorded_at)
                                select log_index,
                                    coalesce(records.id, nextval(pg_get_serial_sequence('journal_pending', 'id'))),
                                    kind, digest, message, coalesce(records.recorded_at, :now)
                                from entries left join records using (log_index)
                                """)
                        .param("from", from)
                        .param("to", to)
                        .param("now", OffsetDateTime.now(clock))
                        .update());
    }

    /** How many entries of each kind are digests alone: nobody records them again. */
    public List<Digests> digestsAlone(Standing standing) {
        var all = new ArrayList<Digests>();
        for (EntryKind kind : EntryKind.values()) {
            List<Long> places =
                    withoutRecord(kind, standing).stream().map(JournalEntry::index).toList();
            if (!places.isEmpty()) {
                all.add(new Digests(kind, places));
            }
        }
        return all;
    }

    /**
     * @param places indexes in the journal, rising
     */
    public record Digests(EntryKind kind, List<Long> places) {
        public Digests {
            places = List.copyOf(places);
        }
    }
}
