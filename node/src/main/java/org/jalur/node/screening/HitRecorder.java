package org.jalur.node.screening;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jalur.node.JalurSettings;
import org.jalur.node.web.Workers;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Hit;
import org.jalur.screening.engine.Place;
import org.jalur.screening.engine.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Writes hits down, many callers' in one transaction. What was held back and is written nowhere
 * could never be looked at or appealed: whoever asks waits until it is durable.
 *
 * <p>Hits in shadow are counted; of each entry the first few a day are kept, to be looked at.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class HitRecorder implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(HitRecorder.class);
    private static final int MOST_WAITING = 10_000;
    private static final int AT_ONCE = 2_000;
    private static final int SHADOWS_A_DAY = 20;
    private static final Duration IDLE = Duration.ofMillis(250);

    private final DataSource database;
    private final Clock clock;
    private final Duration excerpts;
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<UUID, Integer> shadows = new ConcurrentHashMap<>();
    private final Workers workers = new Workers();
    private LocalDate today = LocalDate.EPOCH;

    HitRecorder(DataSource database, JalurSettings settings, Clock clock) {
        this.database = database;
        this.clock = clock;
        excerpts = settings.screening().excerpts();
    }

    private record Waiting(
            Submission of, Verdict verdict, Instant at, CompletableFuture<Boolean> written) {}

    /**
     * Hands the hits of content over.
     *
     * @return whether they are durable; done at once where only shadows are to be counted
     */
    CompletableFuture<Boolean> record(Submission content, Verdict verdict) {
        List<Hit> hits = verdict.hits();
        if (hits.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        var one = new Waiting(content, verdict, clock.instant(), new CompletableFuture<>());
        if (verdict.action() == Verdict.Action.PUBLISH) {
            // Counting must not take the room of what has to be written.
            if (waiting.remainingCapacity() <= MOST_WAITING / 2 || !waiting.offer(one)) {
                log.warn("hits in shadow are not counted: too many wait for the database");
            }
            return CompletableFuture.completedFuture(true);
        }
        boolean taken = waiting.offer(one);
        return taken ? one.written() : CompletableFuture.completedFuture(false);
    }

    @Override
    public void start() {
        workers.begin();
        workers.start("hit-recorder", this::run);
    }

    @Override
    public void stop() {
        workers.stop();
    }

    /** Ends after the web server, which has no more to hand over then. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return workers.isRunning();
    }

    private void run() {
        while (workers.isRunning() || !waiting.isEmpty()) {
            var batch = new ArrayList<Waiting>();
            try {
                Waiting first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, AT_ONCE - 1);
                    write(batch);
                    batch.forEach(one -> one.written().complete(true));
                }
            } catch (InterruptedException _) {
                // The node ends; what waits is written first.
            } catch (SQLException | RuntimeException e) {
                log.error("hits were not recorded together: {}", e.getMessage(), e);
                batch.forEach(this::writeAlone);
            }
        }
    }

    /** One content that cannot be recorded must not hold the others. */
    private void writeAlone(Waiting one) {
        try {
            write(List.of(one));
            one.written().complete(true);
        } catch (SQLException | RuntimeException e) {
            log.error("a content with hits is held: {}", e.getMessage());
            one.written().complete(false);
        }
    }

    private void write(List<Waiting> batch) throws SQLException {
        var rows = new ArrayList<Row>();
        Map<Counted, Long> counts = new TreeMap<>();
        for (Waiting one : batch) {
            LocalDate day = one.at().atOffset(ZoneOffset.UTC).toLocalDate();
            if (!day.equals(today)) {
                today = day;
                shadows.clear();
            }
            boolean first = true;
            for (Hit hit : one.verdict().hits()) {
                counts.merge(new Counted(hit.entry().id(), hit.list().id(), day), 1L, Long::sum);
                if (isKept(hit)) {
                    rows.add(new Row(one, hit, first));
                    first = false;
                }
            }
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                insert(connection, rows);
                count(connection, counts);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean isKept(Hit hit) {
        boolean counted = hit.allows() || hit.mode() == Mode.SHADOW;
        return !counted || shadows.merge(hit.entry().id(), 1, Integer::sum) <= SHADOWS_A_DAY;
    }

    /**
     * @param first whether it is the first of its content
     */
    private record Row(Waiting of, Hit hit, boolean first) {
        boolean isToBeReviewed() {
            return hit.mode() == Mode.REVIEW || hit.mode() == Mode.HOLD;
        }
    }

    private record Counted(UUID entry, String list, LocalDate day) implements Comparable<Counted> {
        /** All processes take the rows in one order, so that none waits for the other. */
        @Override
        public int compareTo(Counted other) {
            int entries = entry.compareTo(other.entry);
            return entries != 0 ? entries : day.compareTo(other.day);
        }
    }

    private void insert(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long[] ids = ids(connection, rows.size());
        try (PreparedStatement hits =
                        connection.prepareStatement(
                                """
                                insert into hits (id, screening, entry, case_id, list, signal, mode, verdict, content, url,
                                    channel, country, place, span_start, span_end, distance, form, lowered, hit_at)
                                overriding system value
                                values (?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """);
                PreparedStatement words =
                        connection.prepareStatement(
                                """
                                insert into hit_excerpts (hit, words, start, "end", until) values (?, ?, ?, ?, ?)
                                """);
                PreparedStatement queue =
                        connection.prepareStatement("insert into hit_queue (hit) values (?)")) {
            long screening = 0;
            for (int i = 0; i < ids.length; i++) {
                Row row = rows.get(i);
                screening = row.first() ? ids[i] : screening;
                fill(hits, ids[i], screening, row);
                hits.addBatch();
                Optional<Submission.Excerpt> excerpt = row.of().of().excerpt(row.hit().place());
                if (excerpt.isPresent()) {
                    words.setLong(1, ids[i]);
                    words.setString(2, excerpt.get().words().replace("\0", ""));
                    words.setInt(3, excerpt.get().start());
                    words.setInt(4, excerpt.get().end());
                    words.setObject(5, time(row.of().at().plus(excerpts)));
                    words.addBatch();
                }
                if (row.isToBeReviewed()) {
                    queue.setLong(1, ids[i]);
                    queue.addBatch();
                }
            }
            hits.executeBatch();
            words.executeBatch();
            queue.executeBatch();
        }
    }

    private static long[] ids(Connection connection, int count) throws SQLException {
        long[] ids = new long[count];
        try (PreparedStatement numbers =
                connection.prepareStatement(
                        "select nextval(pg_get_serial_sequence('hits', 'id')) from generate_series(1, ?)")) {
            numbers.setInt(1, count);
            try (ResultSet row = numbers.executeQuery()) {
                for (int i = 0; row.next(); i++) {
                    ids[i] = row.getLong(1);
                }
            }
        }
        return ids;
    }

    private static void fill(PreparedStatement hits, long id, long screening, Row row)
            throws SQLException {
        Hit hit = row.hit();
        Submission content = row.of().of();
        String theCase = hit.origin().caseId();
        int at = 1;
        hits.setLong(at++, id);
        hits.setLong(at++, screening);
        hits.setObject(at++, hit.entry().id());
        hits.setString(at++, theCase.isEmpty() ? null : theCase);
        hits.setString(at++, hit.list().id());
        hits.setString(at++, SignatureLists.wire(hit.signal()));
        hits.setString(at++, SignatureLists.wire(hit.mode()));
        hits.setString(at++, SignatureLists.wire(row.of().verdict().action()));
        hits.setString(at++, text(content.id()));
        hits.setString(at++, text(content.url()));
        hits.setString(at++, text(content.channel()));
        hits.setString(at++, text(content.country()));
        hits.setString(at++, place(hit.place()));
        if (hit.place() instanceof Place.InText(int start, int end)) {
            hits.setInt(at++, start);
            hits.setInt(at++, end);
        } else {
            hits.setNull(at++, Types.INTEGER);
            hits.setNull(at++, Types.INTEGER);
        }
        hits.setInt(at++, hit.distance());
        hits.setString(at++, SignatureLists.wire(hit.form()));
        hits.setString(at++, hit.lowered().map(SignatureLists::wire).orElse(null));
        hits.setObject(at, time(row.of().at()));
    }

    /** PostgreSQL keeps no text with a NUL. */
    private static @Nullable String text(Optional<String> text) {
        return text.map(one -> one.replace("\0", "")).orElse(null);
    }

    static String place(Place place) {
        return switch (place) {
            case Place.InText(_, _) -> "text";
            case Place.WholeText() -> "whole_text";
            case Place.InUrl(_) -> "url";
            case Place.InFile(_) -> "file";
            case Place.InPicture(_) -> "picture";
        };
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static void count(Connection connection, Map<Counted, Long> counts)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        insert into hit_counts (entry, list, day, hits) values (?, ?, ?, ?)
                        on conflict (entry, day) do update set hits = hit_counts.hits + excluded.hits
                        """)) {
            for (Map.Entry<Counted, Long> one : counts.entrySet()) {
                statement.setObject(1, one.getKey().entry());
                statement.setString(2, one.getKey().list());
                statement.setObject(3, one.getKey().day());
                statement.setLong(4, one.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
