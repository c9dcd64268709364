package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.contacts.Entry;
import org.jalur.contacts.EntryRule;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.contacts.RegisterFacts;
import org.jalur.contacts.Standing;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The register of this node's party: kept by its admin, confirmed by the owners of its entries. */
@Component
class OwnRegister {
    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final Clock clock;

    OwnRegister(JdbcClient jdbc, DraftKeys keys, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /** What was done with an entry. */
    enum Event {
        ADDED,
        CHANGED,
        CONFIRMED,
        REMOVED,
        ERASED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Sealed(UUID id, Entry.Kind kind, Standing standing, byte[] content) {
        static Sealed from(ResultSet row, int number) throws SQLException {
            return new Sealed(
                    row.getObject("id", UUID.class),
                    Entry.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    new Standing(
                            row.getString("owner"),
                            row.getObject("valid_until", LocalDate.class),
                            row.getObject("confirmed_at", OffsetDateTime.class).toInstant()),
                    row.getBytes("content"));
        }
    }

    /** By kind and name. */
    List<Entry> all() {
        List<Sealed> rows =
                jdbc.sql(
                                "select id, kind, owner, valid_until, confirmed_at, content from register_entries")
                        .query(Sealed::from)
                        .list();
        Map<UUID, DraftKeys.Box> boxes = keys.existing(rows.stream().map(Sealed::id).toList());
        return rows.stream()
                // Erased after the backup that the database comes from: nobody can read it.
                .filter(row -> boxes.containsKey(row.id()))
                .map(row -> open(row, Optional.ofNullable(boxes.get(row.id())).orElseThrow()))
                .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::title))
                .toList();
    }

    private Entry open(Sealed row, DraftKeys.Box box) {
        return json.readValue(box.open(row.content()), row.kind().type()).with(row.standing());
    }

    Entry one(UUID id) {
        return open(row(id, ""), keys.opening(id));
    }

    private Sealed row(UUID id, String lock) {
        return jdbc.sql(
                        "select id, kind, owner, valid_until, confirmed_at, content from register_entries where id = :id "
                                + lock)
                .param("id", id)
                .query(Sealed::from)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-register-entry",
                                "The register has no entry %s.".formatted(id)));
    }

    /**
     * Adds an entry, or says something else in one.
     *
     * @param account of a contact on this node
     * @throws InvalidEntryException if it names entries that are not there
     */
    @Transactional
    public void save(Entry entry, Optional<UUID> account, Caller admin) {
        touch();
        boolean known =
                jdbc.sql("select count(*) from register_entries where id = :id")
                                .param("id", entry.id())
                                .query(Integer.class)
                                .single()
                        == 1;
        checkRoom(known);
        checkNamed(entry);
        put(entry);
        link(entry.id(), account);
        record(entry, known ? Event.CHANGED : Event.ADDED, admin);
    }

    private void checkRoom(boolean known) {
        int entries =
                jdbc.sql("select count(*) from register_entries").query(Integer.class).single();
        if (!known && entries >= RegisterFacts.MOST) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "register-full",
                    "The register has %d entries, the most there may be; remove one first."
                            .formatted(entries),
                    entries);
        }
    }

    private void checkNamed(Entry entry) {
        switch (entry) {
            case Entry.Contact contact -> {
                require("belongsTo", contact.organisation(), Entry.Kind.ORGANISATION);
                contact.deputy().ifPresent(deputy -> require("deputy", deputy, Entry.Kind.CONTACT));
            }
            case Entry.Representative one ->
                    require("belongsTo", one.organisation(), Entry.Kind.ORGANISATION);
            case Entry.Organisation _, Entry.Server _, Entry.Domain _ -> {
                // They name no other entry.
            }
        }
    }

    private void require(String field, UUID id, Entry.Kind kind) {
        int found =
                jdbc.sql("select count(*) from register_entries where id = :id and kind = :kind")
                        .param("id", id)
                        .param("kind", kind.wire())
                        .query(Integer.class)
                        .single();
        if (found == 0) {
            throw new InvalidEntryException(field, EntryRule.UNKNOWN, id);
        }
    }

    private void put(Entry entry) {
        Standing standing = entry.standing();
        jdbc.sql(
                        """
                        insert into register_entries (id, kind, owner, valid_until, confirmed_at, content)
                        values (:id, :kind, :owner, :validUntil, :confirmedAt, :content)
                        on conflict (id) do update set owner = excluded.owner, valid_until = excluded.valid_until,
                            confirmed_at = excluded.confirmed_at, content = excluded.content
                        """)
                .param("id", entry.id())
                .param("kind", entry.kind().wire())
                .param("owner", standing.owner())
                .param("validUntil", standing.validUntil())
                .param("confirmedAt", standing.confirmedAt().atOffset(ZoneOffset.UTC))
                .param("content", seal(entry))
                .update();
    }

    private byte[] seal(Entry entry) {
        return keys.box(entry.id()).seal(json.writeValueAsBytes(entry));
    }

    private void link(UUID contact, Optional<UUID> account) {
        jdbc.sql("delete from contact_accounts where contact = :contact")
                .param("contact", contact)
                .update();
        account.ifPresent(id ->
                jdbc.sql(
                                "insert into contact_accounts (contact, account) values (:contact, :account)")
                        .param("contact", contact)
                        .param("account", id)
                        .update());
    }

    /** The account that a contact has on this node. */
    Optional<UUID> account(UUID contact) {
        return jdbc.sql("select account from contact_accounts where contact = :contact")
                .param("contact", contact)
                .query(UUID.class)
                .optional();
    }

    /**
     * The owner says that an entry is still right.
     *
     * @throws ProblemException 403 for anybody else
     */
    @Transactional
    public void confirm(UUID id, Caller owner) {
        touch();
        Sealed row = row(id, "for no key update");
        if (!row.standing().owner().equals(owner.pseudonym())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "not-your-entry",
                    "Entry %s belongs to %s; only its owner can confirm it, and the admin can give it to somebody else."
                            .formatted(id, row.standing().owner()));
        }
        Entry confirmed = open(row, keys.opening(id));
        confirmed = confirmed.with(confirmed.standing().confirmed(now()));
        put(confirmed);
        record(confirmed, Event.CONFIRMED, owner);
    }

    /** What the entry said stays in the history, and in what was sent. */
    @Transactional
    public void remove(UUID id, Caller admin) {
        touch();
        Sealed row = row(id, "for no key update");
        Entry entry = open(row, keys.opening(id));
        if (all().stream().anyMatch(other -> belongsTo(other, id))) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "organisation-in-use",
                    "People of the register belong to \"%s\"; move or remove them first."
                            .formatted(entry.title()),
                    entry.title());
        }
        delete(id);
        record(entry, Event.REMOVED, admin);
    }

    private static boolean belongsTo(Entry entry, UUID organisation) {
        return switch (entry) {
            case Entry.Contact contact -> contact.organisation().equals(organisation);
            case Entry.Representative one -> one.organisation().equals(organisation);
            case Entry.Organisation _, Entry.Server _, Entry.Domain _ -> false;
        };
    }

    /**
     * Nobody can read what this node kept of it any more, in an old copy of the database either.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(UUID id, Caller admin) {
        touch();
        Entry entry = one(id);
        delete(id);
        append(id, Event.ERASED, admin.role().wire(), admin.pseudonym(), new byte[0]);
        keys.destroy(entry.id());
    }

    private void delete(UUID id) {
        link(id, Optional.empty());
        jdbc.sql("delete from register_entries where id = :id").param("id", id).update();
    }

    /** Whoever changes the register waits here for whoever does already. */
    private void touch() {
        jdbc.sql("update register_state set revision = revision + 1, changed_at = :now")
                .param("now", now().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void record(Entry entry, Event event, Caller caller) {
        append(entry.id(), event, caller.role().wire(), caller.pseudonym(), seal(entry));
    }

    private void append(UUID id, Event event, String role, String pseudonym, byte[] content) {
        jdbc.sql(
                        """
                        insert into register_changes (entry, event, role, pseudonym, at, content)
                        values (:entry, :event, :role, :pseudonym, :now, :content)
                        """)
                .param("entry", id)
                .param("event", event.wire())
                .param("role", role)
                .param("pseudonym", pseudonym)
                .param("now", now().atOffset(ZoneOffset.UTC))
                .param("content", content)
                .update();
    }

    /**
     * One change of an entry.
     *
     * @param said what it said from then on
     */
    record Change(String event, String role, String pseudonym, Instant at, Entry said) {}

    /** Newest first. */
    List<Change> history(Entry entry) {
        DraftKeys.Box box = keys.opening(entry.id());
        return jdbc.sql(
                        """
                        select event, role, pseudonym, at, content from register_changes
                        where entry = :entry order by id desc limit 200
                        """)
                .param("entry", entry.id())
                .query((row, _) ->
                        new Change(
                                row.getString("event"),
                                row.getString("role"),
                                row.getString("pseudonym"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                json.readValue(
                                        box.open(row.getBytes("content")), entry.kind().type())))
                .list();
    }

    /** As it was sent last; what was changed here and never sent is gone. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void restore(List<Entry> sent) {
        touch();
        jdbc.sql("delete from register_entries where not id = any(:ids)")
                .param("ids", sent.stream().map(Entry::id).toArray(UUID[]::new))
                .update();
        sent.forEach(this::put);
    }

    /** How often it was changed, and when last. */
    record Revision(long no, Instant at) {}

    /** Nobody changes the register until the present transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public long holdRevision() {
        return jdbc.sql("select revision from register_state for share").query(Long.class).single();
    }

    Revision revision() {
        return jdbc.sql("select revision, changed_at from register_state")
                .query((row, _) ->
                        new Revision(
                                row.getLong("revision"),
                                row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
