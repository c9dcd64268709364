package org.jalur.node.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds entries that stand in the published journal. */
@Component
public class JournalSearch {
    private static final String COLUMNS =
            "select log_index, kind, digest, message from journal_entries ";

    private final JdbcClient jdbc;
    private final PublishedLog published;

    JournalSearch(JdbcClient jdbc, PublishedLog published) {
        this.jdbc = jdbc;
        this.published = published;
    }

    /** The first entry that records a digest: of a message's JWS, or of what was decided. */
    public Optional<JournalEntry> byDigest(Hash digest) {
        return jdbc.sql(
                        COLUMNS
                                + "where digest = :digest and log_index < :size order by log_index limit 1")
                .param("digest", digest.bytes())
                .param("size", published.head().size())
                .query(JournalEntry::from)
                .optional();
    }

    /** Where many digests are recorded first; what is not published yet is not among them. */
    public Map<Hash, Long> places(Collection<Hash> digests) {
        Map<Hash, Long> places = new HashMap<>();
        jdbc.sql(
                        """
                        select digest, min(log_index) as place from journal_entries
                        where digest = any(:digests::bytea[]) and log_index < :size group by digest
                        """)
                .param("digests", digests.stream().map(Hash::bytes).toArray(byte[][]::new))
                .param("size", published.head().size())
                .query(row -> {
                    places.put(Hash.of(row.getBytes("digest")), row.getLong("place"));
                });
        return places;
    }

    /** Whether an entry of this kind records the digest, and is published. */
    public boolean has(EntryKind kind, Hash digest) {
        return jdbc.sql(
                                """
                                select count(*) from journal_entries
                                where digest = :digest and kind = :kind and log_index < :size
                                """)
                        .param("digest", digest.bytes())
                        .param("kind", kind.wire())
                        .param("size", published.head().size())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** That a message was sent or received; empty until the entry is published. */
    public Optional<JournalEntry> ofMessage(long message) {
        return jdbc.sql(
                        COLUMNS
                                + "where message = :message and log_index < :size order by log_index limit 1")
                .param("message", message)
                .param("size", published.head().size())
                .query(JournalEntry::from)
                .optional();
    }
}
