package org.jalur.node.screening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jalur.log.Hash;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.engine.Checked;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Origin;
import org.jalur.screening.engine.Refusal;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Throttled;
import org.jalur.screening.list.InvalidEntryException;
import org.jalur.screening.list.ListEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is in the lists. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
public class Entries {
    /** Above this a count says "more than". */
    static final long COUNTED = 100_000;

    private final JdbcClient jdbc;
    private final SignatureLists lists;
    private final ScreeningEvents events;
    private final Reopening reopening;
    private final Settings settings;
    private final Clock clock;

    Entries(
            JdbcClient jdbc,
            SignatureLists lists,
            ScreeningEvents events,
            Reopening reopening,
            LiveScreening live,
            Clock clock) {
        this.jdbc = jdbc;
        this.lists = lists;
        this.events = events;
        this.reopening = reopening;
        this.settings = live.settings();
        this.clock = clock;
    }

    /**
     * An entry that is to be added.
     *
     * @param countries ISO 3166-1 alpha-2; empty for everywhere
     */
    public record Wanted(
            UUID id,
            Signal signal,
            String value,
            List<String> countries,
            Optional<String> sourceId,
            Optional<String> label,
            Optional<String> description) {
        public Wanted {
            countries = List.copyOf(countries);
        }

        static Wanted of(Signal signal, String value) {
            return new Wanted(
                    UUID.randomUUID(),
                    signal,
                    value,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Who gave entries, and on what ground.
     *
     * @param authority its party id
     * @param agreement digest of the agreement under which it gave them
     */
    public record Provenance(String authority, Hash agreement) {}

    /**
     * @param ids of those that are new, or had ended and count again
     * @param there how many the list had already
     */
    public record Added(List<UUID> ids, int there, List<Refusal> refused) {
        int added() {
            return ids.size();
        }
    }

    /**
     * Adds to a list what keeps the rules, in one spelling; what it has already stays as it is.
     *
     * @param batch the import that brings them, if one does
     */
    @Transactional
    public Added add(
            SignatureList list, Collection<Wanted> wanted, Optional<Long> batch, String by) {
        return add(list, wanted, batch, Optional.empty(), by);
    }

    /** The same, with where it comes from. */
    @Transactional
    public Added add(
            SignatureList list,
            Collection<Wanted> wanted,
            Optional<Long> batch,
            Optional<Provenance> provenance,
            String by) {
        Map<UUID, Wanted> byId = new HashMap<>();
        wanted.forEach(one -> byId.put(one.id(), one));
        Checked checked =
                Screening.check(
                        wanted.stream()
                                .map(one ->
                                        new Entry(
                                                one.id(),
                                                list.id(),
                                                one.signal(),
                                                one.value(),
                                                Origin.UNKNOWN,
                                                one.countries(),
                                                Optional.empty()))
                                .toList(),
                        settings);
        List<Entry> entries = checked.entries();
        turn(list.id());
        List<UUID> added =
                entries.isEmpty() ? List.of() : insert(list, entries, byId, batch, provenance, by);
        return new Added(added, entries.size() - added.size(), checked.refused());
    }

    /** One writer at a time for each list: two with the same values would wait for each other. */
    @Transactional(propagation = Propagation.MANDATORY)
    void turn(String list) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('list ' || :list))")
                .param("list", list)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<UUID> insert(
            SignatureList list,
            List<Entry> entries,
            Map<UUID, Wanted> wanted,
            Optional<Long> batch,
            Optional<Provenance> provenance,
            String by) {
        return jdbc.sql(
                        """
                        insert into entries (id, list, kind, value, digest, countries, import, origin, agreement,
                            source_id, label, description, added_by, added_at, expires_at)
                        select id, :list, kind, value, digest, string_to_array(countries, ' '), :batch::bigint,
                            :origin, :agreement::bytea, source_id, label, description, :by, :now, :until::timestamptz
                        from unnest(:ids::uuid[], :kinds::text[], :values::text[], :digests::bytea[],
                            :countries::text[], :sources::text[], :labels::text[], :descriptions::text[])
                            as new (id, kind, value, digest, countries, source_id, label, description)
                        order by kind, digest
                        on conflict (list, kind, digest) where case_id is null and removed_at is null do update
                            set expires_at = excluded.expires_at, import = excluded.import
                            where entries.expires_at <= :now
                        returning id
                        """)
                .param("list", list.id())
                .param("batch", batch.orElse(null))
                .param("origin", provenance.map(Provenance::authority).orElse(null))
                .param("agreement", provenance.map(one -> one.agreement().bytes()).orElse(null))
                .param("by", by)
                .param("now", now())
                .param("until", list.term().map(term -> now().plus(term)).orElse(null))
                .param("ids", entries.stream().map(Entry::id).toArray(UUID[]::new))
                .param("kinds", texts(entries, one -> SignatureLists.wire(one.signal())))
                .param("values", texts(entries, Entry::value))
                .param("digests", digests(entries))
                .param("countries", texts(entries, one -> String.join(" ", one.countries())))
                .param("sources", texts(entries, one -> of(wanted, one).sourceId().orElse(null)))
                .param("labels", texts(entries, one -> of(wanted, one).label().orElse(null)))
                .param(
                        "descriptions",
                        texts(entries, one -> of(wanted, one).description().orElse(null)))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private static Wanted of(Map<UUID, Wanted> wanted, Entry entry) {
        return Objects.requireNonNull(wanted.get(entry.id()));
    }

    private static byte[][] digests(List<Entry> entries) {
        return entries.stream().map(Entries::digest).toArray(byte[][]::new);
    }

    /** By which a value is found in a list, however long it is. */
    static byte[] digest(Entry entry) {
        return Hash.sha256(entry.value().getBytes(UTF_8)).bytes();
    }

    private static @Nullable String[] texts(
            List<Entry> entries, Function<Entry, @Nullable String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }

    /**
     * Adds one entry by hand.
     *
     * @return its id
     * @throws ProblemException 422 with the rule it breaks; 409 if the list has it
     */
    @Transactional
    public UUID addOne(String list, Wanted wanted, String by) {
        SignatureLists.Listed to = lists.require(list);
        if (to.isOfDecisions()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "list-of-decisions",
                    "The list \"%s\" holds what decisions created; add to a list of your own."
                            .formatted(list),
                    list);
        }
        check(wanted);
        Added added = add(to.list(), List.of(wanted), Optional.empty(), by);
        if (!added.refused().isEmpty()) {
            Refusal one = added.refused().getFirst();
            throw refused(one.value(), one.broken());
        }
        if (added.there() > 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "entry-exists",
                    "The list \"%s\" has \"%s\" already.".formatted(list, wanted.value()),
                    wanted.value());
        }
        UUID id = added.ids().getFirst();
        events.add(list, id, "entry_added", Optional.of(by), Optional.empty());
        return id;
    }

    /** The same limits as for entries of files. */
    private static void check(Wanted wanted) {
        try {
            ListEntry.checkWords(wanted.sourceId(), wanted.label(), wanted.description());
        } catch (InvalidEntryException e) {
            throw refused(e.value(), e.broken());
        }
    }

    private static ProblemException refused(String value, BrokenRule broken) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "refused-entry",
                "\"%s\": %s; %s.".formatted(value, broken.sentence(), broken.wayOut()),
                value,
                broken);
    }

    /** What a source takes back: entries of these values; how many there were. */
    @Transactional
    public int takeBack(SignatureList list, Collection<Wanted> gone) {
        turn(list.id());
        Checked checked =
                Screening.check(
                        gone.stream()
                                .map(one ->
                                        Entry.of(one.id(), list.id(), one.signal(), one.value()))
                                .toList(),
                        settings);
        return jdbc.sql(
                        """
                        update entries set removed_at = :now
                        from unnest(:kinds::text[], :digests::bytea[]) as gone (gone_kind, gone_digest)
                        where list = :list and kind = gone_kind and digest = gone_digest and removed_at is null
                            and case_id is null
                        """)
                .param("now", now())
                .param("list", list.id())
                .param("kinds", texts(checked.entries(), one -> SignatureLists.wire(one.signal())))
                .param("digests", digests(checked.entries()))
                .update();
    }

    public Optional<EntryRow> find(UUID id) {
        return jdbc.sql("select * from entries where id = :id")
                .param("id", id)
                .query(EntryRow::from)
                .optional();
    }

    /**
     * @throws ProblemException 404 if there is none of this id
     */
    public EntryRow require(UUID id) {
        return find(id).orElseThrow(() ->
                new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-entry",
                        "There is no entry %s on this node.".formatted(id)));
    }

    /**
     * What a list has, the newest first.
     *
     * @param part of a value; empty for all
     */
    @Transactional(readOnly = true)
    public List<EntryRow> of(String list, String part, Optional<Cursor> after, int most) {
        // A rare word in a list of millions is not worth everybody's connections.
        jdbc.sql("set local statement_timeout = '5s'").update();
        return jdbc.sql(
                        """
                        select * from entries where list = :list and removed_at is null
                            and (:part = '' or value ilike :pattern escape '\\')
                            and (:at::timestamptz is null or (added_at, id) < (:at, :id::uuid))
                        order by added_at desc, id desc limit :most
                        """)
                .param("list", list)
                .param("part", part)
                .param("pattern", "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("at", after.map(cursor -> cursor.at().atOffset(ZoneOffset.UTC)).orElse(null))
                .param("id", after.map(Cursor::id).orElse(null))
                .param("most", most)
                .query(EntryRow::from)
                .list();
    }

    /** How many a list has; counted up to {@value #COUNTED}. */
    public long count(String list) {
        return jdbc.sql(
                        """
                        select count(*) from (
                            select 1 from entries where list = :list and removed_at is null limit :most) first_ones
                        """)
                .param("list", list)
                .param("most", COUNTED + 1)
                .query(Long.class)
                .single();
    }

    /** What the flood brake holds back, the latest first. */
    public List<EntryRow> throttled() {
        return jdbc.sql(
                        """
                        select * from entries where throttled_at is not null and removed_at is null
                        order by throttled_at desc limit 100
                        """)
                .query(EntryRow::from)
                .list();
    }

    /**
     * Takes an entry out. What it caught is not opened again.
     *
     * @throws ProblemException 409 if it was taken out before
     */
    @Transactional
    public void remove(UUID id, String reason, String by) {
        EntryRow entry = require(id);
        int removed =
                jdbc.sql(
                                "update entries set removed_at = :now where id = :id and removed_at is null")
                        .param("now", now())
                        .param("id", id)
                        .update();
        if (removed == 0) {
            throw gone(id);
        }
        events.add(entry.list(), id, "entry_removed", Optional.of(by), Optional.of(reason));
    }

    private static ProblemException gone(UUID id) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "entry-removed",
                "The entry %s was taken out before.".formatted(id));
    }

    /**
     * The entry was wrong, as after a won appeal: takes it out, and opens again all that it held
     * back, for the platform to restore.
     *
     * @return how many hits are opened again
     */
    @Transactional
    public int overturn(UUID id, String reason, String by) {
        EntryRow entry = require(id);
        jdbc.sql(
                        """
                        update entries set removed_at = coalesce(removed_at, :now),
                            overturned_at = coalesce(overturned_at, :now)
                        where id = :id
                        """)
                .param("now", now())
                .param("id", id)
                .update();
        int opened = reopening.byEntry(id);
        events.add(
                entry.list(),
                id,
                "entry_overturned",
                Optional.of(by),
                Optional.of(reason + " (" + opened + ")"));
        return opened;
    }

    /** The same of every entry that a decision about an item created. */
    @Transactional
    public void overturn(UUID caseId, int no, String reason, String by) {
        jdbc.sql(
                        """
                        select id from entries where case_id = :case and no = :no and overturned_at is null order by id
                        """)
                .param("case", caseId)
                .param("no", no)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(id -> overturn(id, reason, by));
    }

    /**
     * Gives an entry its list's mode back after the flood brake.
     *
     * @throws ProblemException 409 if it is not throttled
     */
    @Transactional
    public void release(UUID id, String by) {
        EntryRow entry = require(id);
        int released =
                jdbc.sql(
                                """
                                update entries set throttled_at = null, throttled_for = null, throttled_hits = null,
                                    throttled_authors = null, released_at = :now
                                where id = :id and throttled_at is not null
                                """)
                        .param("now", now())
                        .param("id", id)
                        .update();
        if (released == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "not-throttled",
                    "The entry %s is not held back by the flood brake.".formatted(id));
        }
        events.add(entry.list(), id, "entry_released", Optional.of(by), Optional.empty());
    }

    /** The flood brake of this process has caught an entry. */
    @Transactional
    public void throttle(Throttled caught) {
        Optional<String> list =
                jdbc.sql(
                                """
                                update entries set throttled_at = :since, throttled_for = :reason,
                                    throttled_hits = :hits, throttled_authors = :authors
                                where id = :id and throttled_at is null and removed_at is null
                                    and (released_at is null or released_at < :since)
                                returning list
                                """)
                        .param("since", caught.since().atOffset(ZoneOffset.UTC))
                        .param("reason", SignatureLists.wire(caught.reason()))
                        .param("hits", caught.hits())
                        .param("authors", caught.authors())
                        .param("id", caught.entry())
                        .query(String.class)
                        .optional();
        list.ifPresent(one ->
                events.add(
                        one,
                        caught.entry(),
                        "entry_throttled_" + SignatureLists.wire(caught.reason()),
                        Optional.empty(),
                        Optional.of(caught.hits() + " / " + caught.authors())));
    }

    /** A hit was right: the entry lasts its list's term from now. */
    void confirm(UUID id) {
        EntryRow entry = require(id);
        Optional<Duration> term = lists.find(entry.list()).flatMap(one -> one.list().term());
        term.ifPresent(longer ->
                jdbc.sql(
                                """
                                update entries set expires_at = greatest(expires_at, :until)
                                where id = :id and expires_at is not null and removed_at is null
                                """)
                        .param("until", now().plus(longer))
                        .param("id", id)
                        .update());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
