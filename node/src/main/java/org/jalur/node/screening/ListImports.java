package org.jalur.node.screening;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.node.JalurSettings;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.engine.Refusal;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.ListFormat;
import org.jalur.screening.list.ListReader;
import org.jalur.screening.list.ListReceiver;
import org.jalur.screening.list.ListSummary;
import org.jalur.screening.list.UnreadableListException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files that are read into lists, beside everything else: what was read counts at once, progress
 * and wrong lines are there while it runs, and all of it can be undone.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
public class ListImports {
    private static final Logger log = LoggerFactory.getLogger(ListImports.class);
    private static final int AT_ONCE = 5_000;
    private static final int MOST_ERRORS = 1_000;

    /** Ten times the largest public list there is. */
    private static final long MOST_OCTETS = 512L << 20;

    /** Of a process that has not been heard of for so long nothing comes any more. */
    private static final Duration SILENT = Duration.ofMinutes(2);

    /** No import takes so long. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Entries entries;
    private final SignatureLists lists;
    private final ScreeningEvents events;
    private final TransactionTemplate transactions;
    private final Path folder;
    private final Clock clock;

    ListImports(
            JdbcClient jdbc,
            Entries entries,
            SignatureLists lists,
            ScreeningEvents events,
            TransactionTemplate transactions,
            JalurSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.lists = lists;
        this.events = events;
        this.transactions = transactions;
        this.folder = settings.home().resolve("imports");
        this.clock = clock;
    }

    /**
     * @param state running, done, failed (what was read by then counts) or undone
     * @param there entries that the list had already
     * @param takenBack entries that the source takes back
     * @param wrong lines and entries that broke a rule
     * @param cursor where the source continues, if it says so
     * @param trouble stopped, fault, incomplete, or in English why the file is no list
     * @param unreadable the same by name, where it is no list
     */
    public record ListImport(
            long id,
            String list,
            String file,
            Optional<String> format,
            long octets,
            long octetsRead,
            long lines,
            long added,
            long there,
            long takenBack,
            long wrong,
            Optional<String> cursor,
            String state,
            Optional<String> trouble,
            @JsonIgnore Optional<BrokenRule> unreadable,
            String startedBy,
            Instant startedAt,
            Optional<Instant> endedAt) {
        static ListImport from(ResultSet row, int number) throws SQLException {
            Optional<String> trouble = Optional.ofNullable(row.getString("trouble"));
            Optional<BrokenRule> unreadable = trouble.flatMap(BrokenRule::parse);
            return new ListImport(
                    row.getLong("id"),
                    row.getString("list"),
                    row.getString("file"),
                    Optional.ofNullable(row.getString("format")),
                    row.getLong("octets"),
                    row.getLong("octets_read"),
                    row.getLong("lines"),
                    row.getLong("added"),
                    row.getLong("there"),
                    row.getLong("taken_back"),
                    row.getLong("wrong"),
                    Optional.ofNullable(row.getString("cursor")),
                    row.getString("state"),
                    unreadable.map(UnreadableListException::sentence).or(() -> trouble),
                    unreadable,
                    row.getString("started_by"),
                    EntryRow.instant(row, "started_at").orElseThrow(),
                    EntryRow.instant(row, "ended_at"));
        }

        /** How much of the file was read. */
        public int percent() {
            return octets == 0 ? 100 : (int) Math.min(100, 100 * octetsRead / octets);
        }

        public boolean isRunning() {
            return state.equals("running");
        }
    }

    /**
     * Begins to read a file into a list, and returns at once.
     *
     * @param file its name, which people see
     * @return the number of the import
     * @throws ProblemException 422 for a list of decisions
     */
    public long begin(String list, String file, InputStream content, String by) throws IOException {
        SignatureLists.Listed to = lists.require(list);
        if (to.isOfDecisions()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "list-of-decisions",
                    "The list \"%s\" holds what decisions created; import into a list of your own."
                            .formatted(list),
                    list);
        }
        Files.createDirectories(folder);
        clear();
        Path kept = folder.resolve(UUID.randomUUID().toString());
        try {
            keep(content, kept);
            long id = insert(list, file, Files.size(kept), by);
            events.add(list, "import_started", Optional.of(by), Optional.of(file));
            afterCommit(() ->
                    Thread.ofVirtual()
                            .name("import-" + id)
                            .start(() -> run(id, to, file, kept, by)));
            return id;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(kept);
            throw e;
        }
    }

    /**
     * The reading sees what this call has written, also where that is one transaction with more.
     */
    private static void afterCommit(Runnable effect) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            effect.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        effect.run();
                    }
                });
    }

    /** Files of a process that was killed while it read them. */
    private void clear() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            Instant old = clock.instant().minus(LONGEST);
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void keep(InputStream content, Path kept) throws IOException {
        try (OutputStream out = Files.newOutputStream(kept, StandardOpenOption.CREATE_NEW)) {
            byte[] some = new byte[1 << 16];
            long octets = 0;
            for (int read = content.read(some); read >= 0; read = content.read(some)) {
                octets += read;
                if (octets > MOST_OCTETS) {
                    throw new ProblemException(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "list-too-large",
                            "The file has more than %,d MiB; split it."
                                    .formatted(MOST_OCTETS >> 20),
                            MOST_OCTETS >> 20);
                }
                out.write(some, 0, read);
            }
        }
    }

    /**
     * Reads what a message brings, in the transaction of its effect: it counts with the message, or
     * not at all.
     *
     * @param name of the message, which people see
     * @param parts each a list in Jalur's own format
     * @param most how many entries there may be, wrong ones included
     * @throws MalformedMessageException if there are more, or a part is no such list
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public ListImport receive(
            SignatureLists.Listed to,
            String name,
            Iterable<byte[]> parts,
            int most,
            Entries.Provenance provenance) {
        long id = insert(to.list().id(), name, 0, provenance.authority());
        var reading = new Reading(id, to, Optional.of(provenance), provenance.authority());
        long octets = 0;
        long lines = 0;
        long entries = 0;
        for (byte[] part : parts) {
            reading.linesBefore = lines;
            ListSummary summary = read(part, reading);
            octets += summary.octets();
            lines += summary.lines();
            entries += summary.entries() + summary.errors();
            if (entries > most) {
                throw new MalformedMessageException(
                        "a list of more than the %d entries that it says".formatted(most));
            }
        }
        reading.octets = octets;
        reading.lines = lines;
        reading.flush();
        jdbc.sql("update list_imports set octets = octets_read where id = :id")
                .param("id", id)
                .update();
        end(
                id,
                "done",
                Optional.empty(),
                Optional.of(SignatureLists.wire(ListFormat.ENTRIES)),
                Optional.empty());
        return require(id);
    }

    private static ListSummary read(byte[] part, Reading reading) {
        try {
            return ListReader.read(new ByteArrayInputStream(part), ListFormat.ENTRIES, reading);
        } catch (UnreadableListException e) {
            throw new MalformedMessageException("a list that cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long insert(String list, String file, long octets, String by) {
        return jdbc.sql(
                        """
                        insert into list_imports (list, file, octets, state, started_by, started_at, seen_at)
                        values (:list, :file, :octets, 'running', :by, :now, :now) returning id
                        """)
                .param("list", list)
                .param("file", file)
                .param("octets", octets)
                .param("by", by)
                .param("now", now())
                .query(Long.class)
                .single();
    }

    private void run(long id, SignatureLists.Listed list, String file, Path kept, String by) {
        var reading = new Reading(id, list, Optional.empty(), by);
        try (InputStream in = Files.newInputStream(kept)) {
            ListSummary summary = ListReader.read(in, file, reading);
            reading.flush();
            reading.progress(summary.octets(), summary.lines());
            end(
                    id,
                    summary.complete() ? "done" : "failed",
                    summary.complete() ? Optional.empty() : Optional.of("incomplete"),
                    Optional.of(summary.format().name().toLowerCase(Locale.ROOT)),
                    summary.cursor());
        } catch (StoppedException _) {
            // Somebody has undone it meanwhile.
        } catch (UnreadableListException e) {
            end(id, "failed", Optional.of(e.broken().text()), Optional.empty(), Optional.empty());
        } catch (IOException | RuntimeException e) {
            log.error("import {} of {} into {} has failed", id, file, list.list().id(), e);
            end(id, "failed", Optional.of("fault"), Optional.empty(), Optional.empty());
        } finally {
            try {
                Files.deleteIfExists(kept);
            } catch (IOException e) {
                log.warn("a file that was imported is left in {}", folder, e);
            }
        }
    }

    private void end(
            long id,
            String state,
            Optional<String> trouble,
            Optional<String> format,
            Optional<String> cursor) {
        jdbc.sql(
                        """
                        update list_imports set state = :state, trouble = :trouble, format = coalesce(:format, format),
                            cursor = :cursor, ended_at = :now, seen_at = :now
                        where id = :id and state = 'running'
                        """)
                .param("state", state)
                .param("trouble", trouble.orElse(null))
                .param("format", format.orElse(null))
                .param("cursor", cursor.orElse(null))
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** The import is running no more, by somebody's word. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("", null, false, false);
        }
    }

    /** Takes the lines and adds them, many at once. */
    private final class Reading implements ListReceiver {
        private final long id;
        private final SignatureLists.Listed list;
        private final Optional<Entries.Provenance> provenance;
        private final String by;
        private final List<Entries.Wanted> wanted = new ArrayList<>();
        private final List<Entries.Wanted> gone = new ArrayList<>();
        private final List<LineError> errors = new ArrayList<>();
        private final Map<UUID, Long> lineOf = new HashMap<>();
        private long added;
        private long there;
        private long takenBack;
        private long wrong;
        private long octets;
        private long lines;

        /** Of the parts before this one: a message's lines are counted through. */
        private long linesBefore;

        Reading(
                long id,
                SignatureLists.Listed list,
                Optional<Entries.Provenance> provenance,
                String by) {
            this.id = id;
            this.list = list;
            this.provenance = provenance;
            this.by = by;
        }

        @Override
        public void entry(long line, ListEntry entry) {
            var one =
                    new Entries.Wanted(
                            UUID.randomUUID(),
                            Signal.valueOf(entry.kind().name()),
                            entry.value(),
                            entry.countries(),
                            entry.sourceId(),
                            entry.label(),
                            entry.description());
            if (entry.deleted()) {
                // Before it may stand the same value as an entry of this very file.
                flushWanted();
                gone.add(one);
            } else {
                flushGone();
                wanted.add(one);
                lineOf.put(one.id(), linesBefore + line);
            }
            if (wanted.size() + gone.size() >= AT_ONCE) {
                flush();
            }
        }

        @Override
        public void error(LineError error) {
            wrong(new LineError(linesBefore + error.line(), error.value(), error.broken()));
        }

        private void wrong(LineError error) {
            wrong++;
            if (wrong <= MOST_ERRORS) {
                errors.add(error);
            }
        }

        @Override
        public void progress(long octetsRead, long linesRead) {
            octets = octetsRead;
            lines = linesRead;
            flush();
        }

        void flush() {
            flushWanted();
            flushGone();
            for (LineError error : errors) {
                jdbc.sql(
                                """
                                insert into import_errors (import, line, value, rule, way_out)
                                values (:import, :line, :value, :rule, :wayOut)
                                """)
                        .param("import", id)
                        .param("line", error.line())
                        .param("value", error.value().replace("\0", ""))
                        .param("rule", error.broken().text())
                        .param("wayOut", error.wayOut())
                        .update();
            }
            errors.clear();
            int running =
                    jdbc.sql(
                                    """
                                    update list_imports set octets_read = :octets, lines = :lines, added = :added,
                                        there = :there, taken_back = :takenBack, wrong = :wrong, seen_at = :now
                                    where id = :id and state = 'running'
                                    """)
                            .param("octets", octets)
                            .param("lines", lines)
                            .param("added", added)
                            .param("there", there)
                            .param("takenBack", takenBack)
                            .param("wrong", wrong)
                            .param("now", now())
                            .param("id", id)
                            .update();
            if (running == 0) {
                throw new StoppedException();
            }
        }

        /** Whoever undoes it waits for this batch, or this batch is not added. */
        private void requireRunning() {
            boolean running =
                    jdbc.sql(
                                    "select 1 from list_imports where id = :id and state = 'running' for share")
                            .param("id", id)
                            .query(Integer.class)
                            .optional()
                            .isPresent();
            if (!running) {
                throw new StoppedException();
            }
        }

        private void flushWanted() {
            if (wanted.isEmpty()) {
                return;
            }
            Entries.Added result =
                    Objects.requireNonNull(
                            transactions.execute(_ -> {
                                requireRunning();
                                return entries.add(
                                        list.list(), wanted, Optional.of(id), provenance, by);
                            }));
            added += result.added();
            there += result.there();
            for (Refusal refused : result.refused()) {
                wrong(
                        new LineError(
                                lineOf.getOrDefault(refused.entry(), 0L),
                                refused.value(),
                                refused.broken()));
            }
            wanted.clear();
            lineOf.clear();
        }

        private void flushGone() {
            if (!gone.isEmpty()) {
                takenBack += entries.takeBack(list.list(), gone);
                gone.clear();
            }
        }
    }

    /** Of a list, the newest first, at most 50. */
    public List<ListImport> of(String list) {
        endSilent();
        return jdbc.sql("select * from list_imports where list = :list order by id desc limit 50")
                .param("list", list)
                .query(ListImport::from)
                .list();
    }

    /**
     * @throws ProblemException 404 if there is none of this number
     */
    public ListImport require(long id) {
        endSilent();
        return jdbc.sql("select * from list_imports where id = :id")
                .param("id", id)
                .query(ListImport::from)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-import",
                                "There is no import %d on this node.".formatted(id)));
    }

    /** The process that read them has ended. */
    private void endSilent() {
        jdbc.sql(
                        """
                        update list_imports set state = 'failed', trouble = 'stopped', ended_at = :now
                        where state = 'running' and seen_at < :limit
                        """)
                .param("now", now())
                .param("limit", now().minus(SILENT))
                .update();
    }

    /** The first lines that broke a rule. */
    public List<LineError> errors(long id) {
        return jdbc.sql("select * from import_errors where import = :id order by line limit :most")
                .param("id", id)
                .param("most", MOST_ERRORS)
                .query((row, _) ->
                        new LineError(
                                row.getLong("line"),
                                row.getString("value"),
                                BrokenRule.kept(row.getString("rule"), row.getString("way_out"))))
                .list();
    }

    /**
     * Takes out what an import brought, and stops it if it still runs. What it took back for the
     * source stays gone.
     *
     * @return how many entries it was
     * @throws ProblemException 409 if it was undone before
     */
    @Transactional
    public int undo(long id, String by) {
        ListImport one = require(id);
        int undone =
                jdbc.sql(
                                """
                                update list_imports set state = 'undone', undone_by = :by, ended_at = :now
                                where id = :id and state <> 'undone'
                                """)
                        .param("by", by)
                        .param("now", now())
                        .param("id", id)
                        .update();
        if (undone == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "import-undone",
                    "The import %d was undone before.".formatted(id));
        }
        entries.turn(one.list());
        int removed =
                jdbc.sql(
                                "update entries set removed_at = :now where import = :id and removed_at is null")
                        .param("now", now())
                        .param("id", id)
                        .update();
        events.add(
                one.list(),
                "import_undone",
                Optional.of(by),
                Optional.of(one.file() + " (" + removed + ")"));
        return removed;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
