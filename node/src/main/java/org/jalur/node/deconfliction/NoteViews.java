package org.jalur.node.deconfliction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.NoteOverride;
import org.jalur.notice.NoteText;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Notes as both sides list them, with their ends. */
@Component
class NoteViews {
    /** Newer ones are listed; older ones are found by evidence and journal. */
    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final Deliveries deliveries;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final Clock clock;

    NoteViews(
            JdbcClient jdbc,
            Channels channels,
            PartStore parts,
            Deliveries deliveries,
            DraftKeys keys,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.deliveries = deliveries;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param peer the other side of the channel
     * @param state draft, asked, refused, ended, or over once its time has come
     * @param text absent once it is erased
     * @param delivery of one that this side sent
     * @param overridden why the platform took something away all the same
     */
    record Note(
            UUID id,
            String peer,
            String state,
            String organisation,
            String category,
            Instant until,
            Optional<Instant> endedAt,
            Optional<NoteText> text,
            Optional<UUID> draftedBy,
            Optional<Refused> refused,
            Optional<Deliveries.Delivery> delivery,
            List<Overridden> overridden,
            Instant createdAt) {
        /** Whether it holds no more, and something of it can still be read. */
        public boolean erasable() {
            return Set.of("refused", "ended", "over").contains(state)
                    && (text.isPresent()
                            || overridden.stream().anyMatch(one -> one.reason().isPresent()));
        }
    }

    record Refused(String clause, String reason) {}

    /**
     * @param reason absent once it is erased
     */
    record Overridden(Optional<String> reason, Instant at) {}

    private record Row(
            UUID id,
            Channel channel,
            Note note,
            byte @Nullable [] draft,
            Optional<Hash> leaf,
            Optional<Long> sent) {}

    /** The newest first. */
    List<Note> all() {
        List<Row> rows =
                jdbc.sql(
                                """
                                select notes.*, messages.direction from notes
                                left join messages on messages.id = notes.message
                                order by created_at desc, notes.id limit :most
                                """)
                        .param("most", MOST)
                        .query(this::row)
                        .list();
        Map<Long, Deliveries.Delivery> known =
                deliveries.of(rows.stream().flatMap(row -> row.sent().stream()).toList());
        Map<UUID, List<Overridden>> overridden = overridden(rows);
        return rows.stream()
                .map(row -> {
                    Note one = row.note();
                    return new Note(
                            one.id(),
                            one.peer(),
                            one.state(),
                            one.organisation(),
                            one.category(),
                            one.until(),
                            one.endedAt(),
                            text(row),
                            one.draftedBy(),
                            one.refused(),
                            row.sent().map(known::get),
                            overridden.getOrDefault(one.id(), List.of()),
                            one.createdAt());
                })
                .toList();
    }

    private Optional<NoteText> text(Row row) {
        byte[] draft = row.draft();
        if (draft != null) {
            return Optional.of(json.readValue(keys.opening(row.id()).open(draft), NoteText.class));
        }
        return row.leaf()
                .flatMap(leaf -> parts.open(row.channel(), leaf))
                .map(part -> Parts.read(part, NoteText.class));
    }

    private Map<UUID, List<Overridden>> overridden(List<Row> rows) {
        Map<UUID, Channel> known = new HashMap<>();
        rows.forEach(row -> known.put(row.id(), row.channel()));
        Map<UUID, List<Overridden>> overridden = new HashMap<>();
        jdbc.sql(
                        """
                        select note, leaf, at from note_acts
                        where act = 'overridden' and note = any(:notes) order by message
                        """)
                .param("notes", known.keySet().toArray(UUID[]::new))
                .query(row -> {
                    UUID note = row.getObject("note", UUID.class);
                    Channel channel = known.get(note);
                    Optional<Part> reason =
                            channel == null
                                    ? Optional.empty()
                                    : parts.open(channel, Hash.of(row.getBytes("leaf")));
                    overridden
                            .computeIfAbsent(note, _ -> new ArrayList<>())
                            .add(
                                    new Overridden(
                                            reason.map(part ->
                                                    Parts.read(part, NoteOverride.class).reason()),
                                            row.getObject("at", OffsetDateTime.class).toInstant()));
                });
        return overridden;
    }

    private Row row(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Channel channel = channels.byId(row.getInt("channel"));
        Instant until = row.getObject("until", OffsetDateTime.class).toInstant();
        String state = row.getString("state");
        String clause = row.getString("refusal_clause");
        byte[] leaf = row.getBytes("leaf");
        long message = row.getLong("message");
        boolean own = "out".equals(row.getString("direction"));
        return new Row(
                id,
                channel,
                new Note(
                        id,
                        channel.peer().value(),
                        state.equals("asked") && !until.isAfter(clock.instant()) ? "over" : state,
                        row.getString("organisation"),
                        row.getString("category"),
                        until,
                        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        Optional.empty(),
                        Optional.ofNullable(row.getObject("drafted_by", UUID.class)),
                        clause == null
                                ? Optional.empty()
                                : Optional.of(
                                        new Refused(
                                                clause,
                                                String.valueOf(row.getString("refusal_reason")))),
                        Optional.empty(),
                        List.of(),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                row.getBytes("draft"),
                leaf == null ? Optional.empty() : Optional.of(Hash.of(leaf)),
                own ? Optional.of(message) : Optional.empty());
    }
}
