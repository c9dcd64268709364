package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.contacts.Entry;
import org.jalur.contacts.RegisterFacts;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Registers as they were sent, in both directions; nothing of them changes but what is erased. */
@Component
class RegisterVersions {
    private final JdbcClient jdbc;
    private final PartStore parts;

    RegisterVersions(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    enum Direction {
        IN,
        OUT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One register that was sent.
     *
     * @param message row of its message
     * @param no counts the versions of its direction
     * @param issuedAt as the sender says
     * @param recordedAt when it was received, or sent
     */
    record Version(
            long message,
            int no,
            Instant issuedAt,
            Instant recordedAt,
            int entries,
            Optional<Refused> refused) {
        static Version from(ResultSet row, int number) throws SQLException {
            String clause = row.getString("refusal_clause");
            return new Version(
                    row.getLong("message"),
                    row.getInt("no"),
                    row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    row.getInt("entries"),
                    clause == null
                            ? Optional.empty()
                            : Optional.of(
                                    new Refused(
                                            clause,
                                            Optional.ofNullable(row.getString("refusal_reason"))
                                                    .orElse(""))));
        }
    }

    record Refused(String clause, String reason) {}

    /** Newest first. */
    List<Version> all(Channel channel, Direction direction) {
        return jdbc.sql(
                        """
                        select message, row_number() over (order by message) as no, issued_at, recorded_at,
                            (select count(*) from register_parts where register_parts.message = versions.message) as entries,
                            refusal_clause, refusal_reason
                        from register_versions versions
                        where channel = :channel and direction = :direction order by message desc
                        """)
                .param("channel", channel.id())
                .param("direction", direction.wire())
                .query(Version::from)
                .list();
    }

    /** The version that stood at a moment; empty if there was none yet. */
    Optional<Long> at(Channel channel, Direction direction, Instant moment) {
        return jdbc.sql(
                        """
                        select message from register_versions
                        where channel = :channel and direction = :direction and recorded_at <= :moment
                        order by message desc limit 1
                        """)
                .param("channel", channel.id())
                .param("direction", direction.wire())
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
    }

    Optional<Long> newest(Channel channel, Direction direction) {
        return at(channel, direction, Instant.parse("9999-01-01T00:00:00Z"));
    }

    /** The entries of the newest version; none if there is no version. */
    List<Entry> current(Channel channel, Direction direction) {
        return newest(channel, direction).map(one -> entries(channel, one)).orElse(List.of());
    }

    /** As far as they are not erased, in the order of the message. */
    List<Entry> entries(Channel channel, long message) {
        List<Hash> leaves =
                jdbc.sql("select leaf from register_parts where message = :message order by no")
                        .param("message", message)
                        .query((row, _) -> Hash.of(row.getBytes("leaf")))
                        .list();
        Map<Hash, Part> opened = parts.open(channel, leaves);
        return leaves.stream()
                .flatMap(leaf -> Optional.ofNullable(opened.get(leaf)).stream())
                .map(RegisterVersions::entry)
                .toList();
    }

    /** Leaves of an entry in every version of a direction. */
    List<Hash> leaves(Channel channel, Direction direction, UUID entry) {
        return jdbc.sql(
                        """
                        select leaf from register_parts join register_versions using (message)
                        where channel = :channel and direction = :direction and entry = :entry
                            and not exists (select 1 from erased_parts
                                where erased_parts.channel = register_versions.channel and erased_parts.leaf = register_parts.leaf)
                        order by message
                        """)
                .param("channel", channel.id())
                .param("direction", direction.wire())
                .param("entry", entry)
                .query((row, _) -> Hash.of(row.getBytes("leaf")))
                .list();
    }

    /** Whether a version that has the entry was sent and is not received yet. */
    boolean isUnderway(Channel channel, UUID entry) {
        return jdbc.sql(
                                """
                                select count(*) from register_parts join outbox using (message)
                                where outbox.channel = :channel and entry = :entry
                                """)
                        .param("channel", channel.id())
                        .param("entry", entry)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    static Entry entry(Part part) {
        for (Entry.Kind kind : Entry.Kind.values()) {
            if (kind.part().equals(part.type())) {
                return Parts.read(part, kind.type());
            }
        }
        throw new MalformedMessageException("a register with a part of type " + part.type());
    }

    /**
     * What a register message says.
     *
     * @param entries those that are not erased, by their leaves
     */
    record Said(RegisterFacts facts, Map<Hash, Entry> entries) {}

    /**
     * @throws MalformedMessageException if it is no register
     */
    static Said read(Contents contents) {
        if (contents.size() == 0) {
            throw new MalformedMessageException("a register without parts");
        }
        RegisterFacts facts =
                contents.at(0)
                        .filter(part -> part.type().equals("register"))
                        .map(part -> Parts.read(part, RegisterFacts.class))
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "a register whose first part is not its facts"));
        if (facts.entries() != contents.size() - 1) {
            throw new MalformedMessageException(
                    "a register of %d entries that says %d"
                            .formatted(contents.size() - 1, facts.entries()));
        }
        Map<Hash, Entry> entries = new LinkedHashMap<>();
        var ids = new HashSet<UUID>();
        for (int i = 1; i < contents.size(); i++) {
            Hash leaf = contents.leaf(i);
            contents.at(i)
                    .map(RegisterVersions::entry)
                    .ifPresent(entry -> {
                        if (!ids.add(entry.id())) {
                            throw new MalformedMessageException(
                                    "a register with two entries " + entry.id());
                        }
                        entries.put(leaf, entry);
                    });
        }
        return new Said(facts, entries);
    }

    void record(Channel channel, Direction direction, long message, Said said, Instant at) {
        jdbc.sql(
                        """
                        insert into register_versions (message, channel, direction, issued_at, recorded_at)
                        values (:message, :channel, :direction, :issuedAt, :at)
                        """)
                .param("message", message)
                .param("channel", channel.id())
                .param("direction", direction.wire())
                .param("issuedAt", said.facts().issuedAt().atOffset(ZoneOffset.UTC))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        var leaves = new ArrayList<>(said.entries().keySet());
        List<Entry> entries = List.copyOf(said.entries().values());
        jdbc.sql(
                        """
                        insert into register_parts (message, no, entry, leaf, valid_until, confirmed_at)
                        select :message, row_number() over (), entry, leaf, valid_until, confirmed_at
                        from unnest(:entries::uuid[], :leaves::bytea[], :valid::date[], :confirmed::timestamptz[])
                            as new(entry, leaf, valid_until, confirmed_at)
                        """)
                .param("message", message)
                .param("entries", entries.stream().map(Entry::id).toArray(UUID[]::new))
                .param("leaves", leaves.stream().map(Hash::bytes).toArray(byte[][]::new))
                .param(
                        "valid",
                        entries.stream()
                                .map(one -> one.standing().validUntil().toString())
                                .toArray(String[]::new))
                .param(
                        "confirmed",
                        entries.stream()
                                .map(one -> one.standing().confirmedAt().toString())
                                .toArray(String[]::new))
                .update();
    }

    /** The other side did not take the newest version up. */
    void refused(Channel channel, String clause, String reason) {
        newest(channel, Direction.OUT)
                .ifPresent(message ->
                        jdbc.sql(
                                        """
                                        update register_versions set refusal_clause = :clause, refusal_reason = :reason
                                        where message = :message
                                        """)
                                .param("clause", clause)
                                .param("reason", reason)
                                .param("message", message)
                                .update());
    }
}
