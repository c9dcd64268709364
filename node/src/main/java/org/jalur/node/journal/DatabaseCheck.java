package org.jalur.node.journal;

import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the database knows every entry of the signed journal. */
record DatabaseCheck(JdbcClient jdbc, PublishedLog published) {

    /** How many entries of the journal the database knows, from the first on. */
    long known() {
        return jdbc.sql("select coalesce(max(log_index) + 1, 0) from journal_entries")
                .query(Long.class)
                .single();
    }

    /**
     * @throws IllegalStateException with what to do, if it does not
     */
    void require() {
        long size = published.head().size();
        requireSame(size);
        long known = known();
        if (known < size) {
            throw new IllegalStateException(
                    """
                    the signed journal has %d entries and the database knows %d of them: it was restored from a \
                    backup; fetch the others back from the peers with "./jalur recover --config FILE", nothing is \
                    signed until then\
                    """
                            .formatted(size, known));
        }
    }

    /**
     * As far as both go, they end with the same entry.
     *
     * @throws IllegalStateException if not
     */
    void requireSame(long size) {
        List<JournalEntry> last =
                jdbc.sql(
                                """
                                select log_index, kind, digest, message from journal_entries
                                where log_index < :size order by log_index desc limit 1
                                """)
                        .param("size", size)
                        .query(JournalEntry::from)
                        .list();
        if (!last.isEmpty()) {
            JournalEntry entry = last.getFirst();
            if (!Arrays.equals(entry.octets(), published.entry(entry.index()))) {
                throw new IllegalStateException(
                        """
                        entry %d of the signed journal is another one than the database has: the database and \
                        jalur.home belong to different journals, or the database was used after an old backup was \
                        restored; put back the two that belong together\
                        """
                                .formatted(entry.index()));
            }
        }
    }
}
