package org.jalur.node.deconfliction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.notice.NoteFacts;
import org.jalur.notice.NoteText;
import org.jalur.screening.url.Whereabouts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes as both sides keep them, and what was said about each. */
@Component
class NoteRows {
    private final JdbcClient jdbc;
    private final Clock clock;

    NoteRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A note that was asked for; the row is locked. */
    record Asked(UUID id, int channel, String state, NoteFacts facts) {
        static Asked from(ResultSet row, int number) throws SQLException {
            UUID id = row.getObject("id", UUID.class);
            return new Asked(
                    id,
                    row.getInt("channel"),
                    row.getString("state"),
                    new NoteFacts(
                            id,
                            NoteFacts.Act.ASKED,
                            row.getString("organisation"),
                            row.getString("category"),
                            row.getObject("until", OffsetDateTime.class).toInstant(),
                            "officer",
                            row.getObject("created_at", OffsetDateTime.class).toInstant()));
        }
    }

    Optional<Asked> lock(UUID id) {
        return jdbc.sql(
                        """
                        select id, channel, state, organisation, category, until, created_at from notes
                        where id = :id for no key update
                        """)
                .param("id", id)
                .query(Asked::from)
                .optional();
    }

    /** How many hold on a channel now. */
    int held(Channel channel) {
        return jdbc.sql(
                        "select count(*) from notes where channel = :channel and state = 'asked' and until > :now")
                .param("channel", channel.id())
                .param("now", at(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /** What a note is about, as the items of cases have it. */
    static Hash digest(NoteText text) {
        return switch (text.target()) {
            case ADDRESS -> Whereabouts.address(text.value());
            case CHANNEL -> Whereabouts.place(text.value(), true);
            case FILE -> Hash.parseHex(text.value());
        };
    }

    /**
     * A note that came, or comes back.
     *
     * @param text absent once it is erased
     */
    void asked(Channel channel, long message, NoteFacts facts, Optional<NoteText> text, Hash leaf) {
        int kept =
                jdbc.sql(
                                """
                                insert into notes (id, channel, state, organisation, category, until, target, digest, message,
                                    leaf, created_at, changed_at)
                                values (:id, :channel, 'asked', :organisation, :category, :until, :target, :digest, :message,
                                    :leaf, :at, :now)
                                on conflict (id) do update set state = 'asked', draft = null, message = excluded.message,
                                    leaf = excluded.leaf, changed_at = excluded.changed_at
                                    where notes.channel = excluded.channel and notes.state = 'draft'
                                """)
                        .param("id", facts.note())
                        .param("channel", channel.id())
                        .param("organisation", facts.organisation())
                        .param("category", facts.category())
                        .param("until", at(facts.until()))
                        .param("target", text.map(one -> wire(one.target())).orElse("address"))
                        .param("digest", text.map(one -> digest(one).bytes()).orElse(null))
                        .param("message", message)
                        .param("leaf", leaf.bytes())
                        .param("at", at(facts.at()))
                        .param("now", at(clock.instant()))
                        .update();
        if (kept == 0) {
            throw new MalformedMessageException(
                    "%s is the id of another note".formatted(facts.note()));
        }
        act(message, facts, leaf);
    }

    void ended(long message, NoteFacts facts) {
        jdbc.sql(
                        """
                        update notes set state = 'ended', ended_at = coalesce(ended_at, :at), changed_at = :now
                        where id = :id
                        """)
                .param("at", at(facts.at()))
                .param("now", at(clock.instant()))
                .param("id", facts.note())
                .update();
        act(message, facts, null);
    }

    void overridden(long message, NoteFacts facts, Hash leaf) {
        act(message, facts, leaf);
    }

    private void act(long message, NoteFacts facts, @Nullable Hash leaf) {
        jdbc.sql(
                        """
                        insert into note_acts (message, note, act, role, leaf, at)
                        values (:message, :note, :act, :role, :leaf, :at)
                        """)
                .param("message", message)
                .param("note", facts.note())
                .param("act", wire(facts.act()))
                .param("role", facts.role())
                .param("leaf", leaf == null ? null : leaf.bytes())
                .param("at", at(facts.at()))
                .update();
    }

    void refused(UUID id, String clause, String reason) {
        jdbc.sql(
                        """
                        update notes set state = 'refused', refusal_clause = :clause, refusal_reason = :reason,
                            changed_at = :now
                        where id = :id
                        """)
                .param("clause", clause)
                .param("reason", reason)
                .param("now", at(clock.instant()))
                .param("id", id)
                .update();
    }

    boolean isKnown(UUID id) {
        return jdbc.sql(
                        "select exists (select 1 from notes where id = :id and message is not null)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** What the erased part of a note said is known no more. */
    void forget(Channel channel, UUID id, Set<Hash> leaves) {
        jdbc.sql(
                        """
                        update notes set digest = null, changed_at = :now
                        where id = :id and channel = :channel and leaf = any(:leaves::bytea[])
                        """)
                .param("now", at(clock.instant()))
                .param("id", id)
                .param("channel", channel.id())
                .param("leaves", leaves.stream().map(Hash::bytes).toArray(byte[][]::new))
                .update();
    }

    /** Whether this side asked for it, on that channel. */
    boolean isOwn(Channel channel, UUID id) {
        return jdbc.sql(
                        """
                        select exists (select 1 from notes join messages on messages.id = notes.message
                            where notes.id = :id and notes.channel = :channel and direction = 'out')
                        """)
                .param("id", id)
                .param("channel", channel.id())
                .query(Boolean.class)
                .single();
    }

    /** Ids of notes that hold now, and are about an item. */
    List<Held> holding(UUID caseId, int from, int to) {
        return jdbc.sql(
                        """
                        select distinct item.no, notes.id, notes.channel, notes.organisation, notes.until, notes.created_at
                        from case_items item
                        left join case_item_files file on file.case_id = item.case_id and file.no = item.no
                        join notes on notes.state = 'asked' and notes.until > :now
                            and ((notes.target = 'address' and notes.digest = item.address)
                                or (notes.target = 'channel' and notes.digest = item.place)
                                or (notes.target = 'file' and notes.digest = file.sha256))
                        where item.case_id = :case and item.no between :from and :to
                        order by item.no, notes.until desc
                        """)
                .param("case", caseId)
                .param("from", from)
                .param("to", to)
                .param("now", at(clock.instant()))
                .query((row, _) ->
                        new Held(
                                row.getInt("no"),
                                row.getObject("id", UUID.class),
                                row.getString("organisation"),
                                row.getObject("until", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** A note that holds for an item of a case. */
    record Held(int no, UUID note, String organisation, Instant until) {}

    /** What people are told outside the pages: it names nobody who investigates. */
    static String reference(UUID note) {
        return note.toString().substring(0, 8);
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
