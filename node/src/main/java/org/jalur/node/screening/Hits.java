package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the lists found, how often, and what people said of it. */
@Component
public class Hits {
    /** Above this a count says "more than". */
    public static final int COUNTED = 1_000;

    private static final String COLUMNS =
            """
            select hits.*, entries.no, entries.value, entries.kind, coalesce(hits.list, entries.list) as in_list,
                signature_lists.name as list_name, entries.origin, words, start, "end", hit_reviews.correct,
                hit_reviews.by_whom, hit_reviews.at as reviewed_at, hit_queue.hit is not null as waits
            from hits join entries on entries.id = hits.entry
                join signature_lists on signature_lists.id = coalesce(hits.list, entries.list)
                left join hit_excerpts on hit_excerpts.hit = hits.id
                left join hit_reviews on hit_reviews.hit = hits.id
                left join hit_queue on hit_queue.hit = hits.id
            """;

    private final JdbcClient jdbc;
    private final Reopening reopening;
    private final Clock clock;

    Hits(JdbcClient jdbc, Reopening reopening, Clock clock) {
        this.jdbc = jdbc;
        this.reopening = reopening;
        this.clock = clock;
    }

    /**
     * @param item of the case whose decision created the entry; 0 if none did
     * @param signal what was compared: file_sha256, phrase, url, …
     * @param mode what the match led to
     * @param verdict what the platform was told
     * @param authority at whose notice the entry is there
     * @param content the platform's id of it
     */
    public record Hit(
            long id,
            UUID entry,
            String value,
            String list,
            String listName,
            Optional<UUID> caseId,
            int item,
            Optional<String> authority,
            String signal,
            String mode,
            String verdict,
            Optional<String> content,
            Optional<String> url,
            Optional<String> channel,
            Optional<String> country,
            int distance,
            Optional<String> form,
            Optional<String> lowered,
            Optional<Words> words,
            boolean waits,
            Optional<Review> review,
            Instant at) {
        static Hit from(ResultSet row, int number) throws SQLException {
            return new Hit(
                    row.getLong("id"),
                    row.getObject("entry", UUID.class),
                    row.getString("value"),
                    row.getString("in_list"),
                    row.getString("list_name"),
                    Optional.ofNullable(row.getObject("case_id", UUID.class)),
                    row.getInt("no"),
                    Optional.ofNullable(row.getString("origin")),
                    Optional.ofNullable(row.getString("signal")).orElse(row.getString("kind")),
                    row.getString("mode"),
                    row.getString("verdict"),
                    Optional.ofNullable(row.getString("content")),
                    Optional.ofNullable(row.getString("url")),
                    Optional.ofNullable(row.getString("channel")),
                    Optional.ofNullable(row.getString("country")),
                    row.getInt("distance"),
                    Optional.ofNullable(row.getString("form")),
                    Optional.ofNullable(row.getString("lowered")),
                    Words.from(row),
                    row.getBoolean("waits"),
                    Review.from(row),
                    row.getObject("hit_at", OffsetDateTime.class).toInstant());
        }
    }

    /** Words around a match, in three: before it, itself, after it. */
    public record Words(String before, String match, String after) {
        static Optional<Words> from(ResultSet row) throws SQLException {
            String all = row.getString("words");
            if (all == null) {
                return Optional.empty();
            }
            int start = Math.min(row.getInt("start"), all.length());
            int end = Math.min(row.getInt("end"), all.length());
            return Optional.of(
                    new Words(
                            all.substring(0, start),
                            all.substring(start, end),
                            all.substring(end)));
        }
    }

    /** What a person said of a hit. */
    public record Review(boolean correct, String by, Instant at) {
        static Optional<Review> from(ResultSet row) throws SQLException {
            String by = row.getString("by_whom");
            return by == null
                    ? Optional.empty()
                    : Optional.of(
                            new Review(
                                    row.getBoolean("correct"),
                                    by,
                                    row.getObject("reviewed_at", OffsetDateTime.class)
                                            .toInstant()));
        }
    }

    /**
     * How often hits were right, by the people who looked.
     *
     * @param hits how many there were, those in shadow included
     */
    public record Precision(long hits, long confirmed, long denied) {
        static final Precision NONE = new Precision(0, 0, 0);

        /** In whole per cent; empty if nobody has looked. */
        public Optional<Long> percent() {
            long all = confirmed + denied;
            return all == 0 ? Optional.empty() : Optional.of(Math.round(100.0 * confirmed / all));
        }
    }

    /** The newest first, at most 100. */
    public List<Hit> of(UUID caseId) {
        return jdbc.sql(COLUMNS + " where hits.case_id = :case order by hits.id desc limit 100")
                .param("case", caseId)
                .query(Hit::from)
                .list();
    }

    /** What waits for a person, the oldest first. */
    public List<Hit> waiting(long after, int most) {
        return jdbc.sql(
                        COLUMNS
                                + " where hits.id in (select hit from hit_queue where hit > :after order by hit limit :most)"
                                + " order by hits.id")
                .param("after", after)
                .param("most", most)
                .query(Hit::from)
                .list();
    }

    /** All, the newest first. */
    public List<Hit> newest(long before, int most) {
        return jdbc.sql(COLUMNS + " where hits.id < :before order by hits.id desc limit :most")
                .param("before", before)
                .param("most", most)
                .query(Hit::from)
                .list();
    }

    /** What an entry caught, the newest first. */
    public List<Hit> ofEntry(UUID entry, int most) {
        return jdbc.sql(COLUMNS + " where hits.entry = :entry order by hits.id desc limit :most")
                .param("entry", entry)
                .param("most", most)
                .query(Hit::from)
                .list();
    }

    public Optional<Hit> find(long id) {
        return jdbc.sql(COLUMNS + " where hits.id = :id")
                .param("id", id)
                .query(Hit::from)
                .optional();
    }

    /** How many wait for a person; counted up to {@value #COUNTED}. */
    public int countWaiting() {
        return jdbc.sql("select count(*) from (select 1 from hit_queue limit :most) first_ones")
                .param("most", COUNTED + 1)
                .query(Integer.class)
                .single();
    }

    /**
     * A person looked at a hit. The words around it are kept no longer, and what was held without
     * another hit is opened again if this one was wrong.
     *
     * @throws ProblemException 404 if there is none of this number; 409 if somebody has looked,
     *     with who and what
     */
    @Transactional
    Hit review(long id, boolean correct, String by) {
        Hit hit =
                find(id).orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-hit",
                                "There is no hit %d on this node.".formatted(id)));
        int reviewed =
                jdbc.sql(
                                """
                                insert into hit_reviews (hit, entry, list, correct, by_whom, at)
                                values (:hit, :entry, :list, :correct, :by, :now) on conflict do nothing
                                """)
                        .param("hit", id)
                        .param("entry", hit.entry())
                        .param("list", hit.list())
                        .param("correct", correct)
                        .param("by", by)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (reviewed == 0) {
            Review earlier = find(id).flatMap(Hit::review).orElseThrow();
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "hit-reviewed",
                    "The hit %d was reviewed by %s at %s and found %s."
                            .formatted(
                                    id,
                                    earlier.by(),
                                    earlier.at(),
                                    earlier.correct() ? "right" : "wrong"),
                    earlier.by());
        }
        jdbc.sql("delete from hit_queue where hit = :hit").param("hit", id).update();
        jdbc.sql("delete from hit_excerpts where hit = :hit").param("hit", id).update();
        if (!correct && hit.mode().equals("hold")) {
            reopening.byHit(id);
        }
        return hit;
    }

    /** By list. */
    public Map<String, Precision> precisionOfLists() {
        var all = new TreeMap<String, Precision>();
        jdbc.sql(
                        """
                        select id, coalesce((select sum(hits) from hit_counts where list = id), 0) as hits,
                            (select count(*) from hit_reviews where list = id and correct) as confirmed,
                            (select count(*) from hit_reviews where list = id and not correct) as denied
                        from signature_lists where removed_at is null
                        """)
                .query((ResultSet row) -> {
                    all.put(row.getString("id"), precision(row));
                });
        return all;
    }

    /** Of one list. */
    Precision precisionOfList(String list) {
        return jdbc.sql(
                        """
                        select coalesce((select sum(hits) from hit_counts where list = :list), 0) as hits,
                            (select count(*) from hit_reviews where list = :list and correct) as confirmed,
                            (select count(*) from hit_reviews where list = :list and not correct) as denied
                        """)
                .param("list", list)
                .query((row, _) -> precision(row))
                .single();
    }

    private static Precision precision(ResultSet row) throws SQLException {
        return new Precision(row.getLong("hits"), row.getLong("confirmed"), row.getLong("denied"));
    }

    public Precision precisionOf(UUID entry) {
        return jdbc.sql(
                        """
                        select coalesce((select sum(hits) from hit_counts where entry = :entry), 0) as hits,
                            (select count(*) from hit_reviews where entry = :entry and correct) as confirmed,
                            (select count(*) from hit_reviews where entry = :entry and not correct) as denied
                        """)
                .param("entry", entry)
                .query((row, _) -> precision(row))
                .single();
    }

    /** By authority: of whatever its notices, or its lists, put there; those with reviews. */
    public Map<String, Precision> precisionOfAuthorities() {
        var all = new TreeMap<String, Precision>();
        jdbc.sql(
                        """
                        select coalesce(entries.origin, nullif(signature_lists.source_name, '')) as authority,
                            0 as hits, count(*) filter (where correct) as confirmed,
                            count(*) filter (where not correct) as denied
                        from hit_reviews join entries on entries.id = hit_reviews.entry
                            join signature_lists on signature_lists.id = hit_reviews.list
                        where coalesce(entries.origin, nullif(signature_lists.source_name, '')) is not null
                        group by 1
                        """)
                .query((ResultSet row) -> {
                    all.put(row.getString("authority"), precision(row));
                });
        return all;
    }

    /** Hits a day over the last {@code days} days, days without any included, the oldest first. */
    public Map<LocalDate, Long> volume(String list, int days) {
        return volume("list = :list", "list", list, days);
    }

    /** The same of one entry. */
    public Map<LocalDate, Long> volume(UUID entry, int days) {
        return volume("entry = :entry", "entry", entry, days);
    }

    private Map<LocalDate, Long> volume(String which, String name, Object value, int days) {
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        var all = new TreeMap<LocalDate, Long>();
        for (int i = 0; i < days; i++) {
            all.put(today.minusDays(i), 0L);
        }
        jdbc.sql(
                        "select day, sum(hits) as hits from hit_counts where %s and day > :from group by day"
                                .formatted(which))
                .param(name, value)
                .param("from", today.minusDays(days))
                .query((ResultSet row) -> {
                    all.put(row.getObject("day", LocalDate.class), row.getLong("hits"));
                });
        return all;
    }

    /**
     * What was opened again, for the platform to restore.
     *
     * @param id where the feed goes on
     */
    public record Reopened(
            long id,
            long hit,
            Optional<String> content,
            Optional<String> url,
            Optional<String> channel,
            String verdict,
            Instant hitAt,
            Instant at) {
        static Reopened from(ResultSet row, int number) throws SQLException {
            return new Reopened(
                    row.getLong("id"),
                    row.getLong("hit"),
                    Optional.ofNullable(row.getString("content")),
                    Optional.ofNullable(row.getString("url")),
                    Optional.ofNullable(row.getString("channel")),
                    row.getString("verdict"),
                    row.getObject("hit_at", OffsetDateTime.class).toInstant(),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }
    }

    /** What was opened again after this one, in order. */
    public List<Reopened> reopened(long after, int most) {
        return jdbc.sql(
                        """
                        select reopened_hits.id, hit, content, url, channel, verdict, hit_at, reopened_hits.at
                        from reopened_hits join hits on hits.id = hit
                        where reopened_hits.id > :after order by reopened_hits.id limit :most
                        """)
                .param("after", after)
                .param("most", most)
                .query(Reopened::from)
                .list();
    }

    /** Words around a match go when their time has come. */
    @Scheduled(fixedDelay = 3_600_000)
    void clearExcerpts() {
        jdbc.sql("delete from hit_excerpts where until < now()").update();
        jdbc.sql(
                        """
                        delete from hit_excerpts using hits, entries
                        where hits.id = hit_excerpts.hit and entries.id = hits.entry and entries.emptied_at is not null
                        """)
                .update();
    }
}
