package org.jalur.node.journal;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where everything that counts is recorded: a digest and a coarse kind, in the transaction of what
 * they record. The leader gives the entry its place afterwards.
 */
@Component
public class Journal {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final JournalBell bell;
    private final DiskSpace disk;

    Journal(JdbcClient jdbc, Clock clock, JournalBell bell, DiskSpace disk) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.bell = bell;
        this.disk = disk;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void append(EntryKind kind, Hash digest) {
        append(kind, digest, null);
    }

    /** Many at once, in their order. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void appendAll(EntryKind kind, List<Hash> digests) {
        disk.require();
        byte[][] octets = digests.stream().map(Hash::bytes).toArray(byte[][]::new);
        jdbc.sql(
                        """
                        insert into journal_pending (kind, digest, recorded_at)
                        select :kind, digest, :now
                        from unnest(:digests::bytea[]) with ordinality as new(digest, place) order by place
                        """)
                .param("kind", kind.wire())
                .param("now", OffsetDateTime.now(clock))
                .param("digests", octets)
                .update();
        ringAfterCommit();
    }

    /**
     * @param message row of the message whose digest it is, where it is one
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(EntryKind kind, Hash digest, @Nullable Long message) {
        disk.require();
        jdbc.sql(
                        """
                        insert into journal_pending (kind, digest, message, recorded_at)
                        values (:kind, :digest, :message, :now)
                        """)
                .param("kind", kind.wire())
                .param("digest", digest.bytes())
                .param("message", message)
                .param("now", OffsetDateTime.now(clock))
                .update();
        ringAfterCommit();
    }

    private void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        bell.ring();
                    }
                });
    }
}
