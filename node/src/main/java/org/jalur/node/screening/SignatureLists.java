package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Source;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The signature lists: what each may lead to, and who answers for that. */
@Component
public class SignatureLists {
    /** The lists that decisions fill begin so; they have the mode that their name says. */
    static final String DECISIONS = "decisions.";

    private final JdbcClient jdbc;
    private final ScreeningEvents events;
    private final Clock clock;

    SignatureLists(JdbcClient jdbc, ScreeningEvents events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What a person decides about a list. */
    public record Settings(
            Mode mode, boolean allow, int pdqRadius, int pdqQuality, Optional<Integer> termDays) {
        /** As lists begin. */
        public static final Settings REVIEW =
                new Settings(Mode.REVIEW, false, 31, SignatureList.LEAST_QUALITY, Optional.empty());
    }

    /** A list with its beginning. */
    public record Listed(SignatureList list, String createdBy, Instant createdAt) {
        static Listed from(ResultSet row, int number) throws SQLException {
            return new Listed(
                    read(row),
                    row.getString("created_by"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        }

        /** Whether only decisions fill it. */
        public boolean isOfDecisions() {
            return list.id().startsWith(DECISIONS);
        }
    }

    static SignatureList read(ResultSet row) throws SQLException {
        String name = row.getString("source_name");
        int days = row.getInt("term_days");
        return new SignatureList(
                row.getString("id"),
                row.getString("name"),
                switch (row.getString("source")) {
                    case "own" -> new Source.OwnPlatform();
                    case "authority" -> new Source.Authority(name);
                    case "node" -> new Source.OtherNode(name);
                    default -> throw new SQLException("unknown source of a list");
                },
                Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getBoolean("allow"),
                row.getInt("pdq_radius"),
                row.getInt("pdq_quality"),
                days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days)),
                Optional.ofNullable(row.getString("raised_by")));
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String kind(Source source) {
        return switch (source) {
            case Source.OwnPlatform() -> "own";
            case Source.Authority(_) -> "authority";
            case Source.OtherNode(_) -> "node";
        };
    }

    /** All that are there, those of decisions last. */
    public List<Listed> all() {
        return jdbc.sql(
                        """
                        select * from signature_lists where removed_at is null
                        order by id like 'decisions.%', name, id
                        """)
                .query(Listed::from)
                .list();
    }

    public Optional<Listed> find(String id) {
        return jdbc.sql("select * from signature_lists where id = :id and removed_at is null")
                .param("id", id)
                .query(Listed::from)
                .optional();
    }

    /**
     * @throws ProblemException 404 if there is none of this id
     */
    public Listed require(String id) {
        return find(id).orElseThrow(() ->
                new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-list",
                        "There is no signature list \"%s\" on this node.".formatted(id)));
    }

    /**
     * Begins a list, in review.
     *
     * @throws ProblemException 409 if the id is taken, also by a list that was removed
     */
    @Transactional
    public void create(String id, String name, Source source, String by) {
        SignatureList list = SignatureList.received(id, name, source);
        int created =
                jdbc.sql(
                                """
                                insert into signature_lists (id, name, source, source_name, mode, created_by, created_at)
                                values (:id, :name, :source, :sourceName, :mode, :by, :now) on conflict do nothing
                                """)
                        .param("id", id)
                        .param("name", name)
                        .param("source", kind(source))
                        .param("sourceName", source.name())
                        .param("mode", wire(list.mode()))
                        .param("by", by)
                        .param("now", now())
                        .update();
        if (created == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "list-exists",
                    "There is, or was, a list with the id \"%s\"; choose another.".formatted(id),
                    id);
        }
        events.add(id, "list_created", Optional.of(by), Optional.empty());
    }

    /** What an id that an authority gives stands for here. */
    sealed interface Received {
        /** Its list, with what the platform has decided about it since. */
        record Open(Listed listed) implements Received {}

        /** The platform has removed it. */
        record Removed() implements Received {}

        /** Somebody else's list is called so. */
        record Taken() implements Received {}
    }

    /**
     * The list that a message of an authority adds to: begun in review by the first. Only the name
     * is the sender's to change.
     */
    @Transactional
    public Received receive(String id, String name, Source.Authority from) {
        if (id.startsWith(DECISIONS)) {
            return new Received.Taken();
        }
        int there =
                jdbc.sql("select count(*) from signature_lists where id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single();
        if (there == 0) {
            create(id, name, from, from.name());
        }
        Optional<Listed> open = find(id);
        if (open.isEmpty()) {
            return new Received.Removed();
        }
        if (!open.get().list().source().equals(from)) {
            return new Received.Taken();
        }
        jdbc.sql("update signature_lists set name = :name where id = :id and name <> :name")
                .param("name", name)
                .param("id", id)
                .update();
        return new Received.Open(require(id));
    }

    /**
     * Gives a list other settings. Whoever lets a list of somebody else do more than review answers
     * for it from then on.
     *
     * @throws ProblemException 422 for a list of decisions, whose mode is its name
     */
    @Transactional
    public void change(String id, Settings settings, String by) {
        Listed before = require(id);
        if (before.isOfDecisions()
                && (settings.allow()
                        || settings.termDays().isPresent()
                        || settings.mode() != before.list().mode())) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "list-of-decisions",
                    "The list \"%s\" holds what decisions created and keeps its mode; decide the case again instead."
                            .formatted(id),
                    id);
        }
        boolean raised =
                !before.list().source().isOwn()
                        && (settings.allow() || settings.mode().compareTo(Mode.REVIEW) > 0);
        jdbc.sql(
                        """
                        update signature_lists set mode = :mode, allow = :allow, pdq_radius = :radius,
                            pdq_quality = :quality, term_days = :days::integer, raised_by = :raisedBy
                        where id = :id
                        """)
                .param("id", id)
                .param("mode", wire(settings.mode()))
                .param("allow", settings.allow())
                .param("radius", settings.pdqRadius())
                .param("quality", settings.pdqQuality())
                .param("days", settings.termDays().orElse(null))
                .param("raisedBy", raised ? by : null)
                .update();
        events.add(
                id,
                "list_changed",
                Optional.of(by),
                Optional.of(
                        "%s%s, PDQ %d/%d%s"
                                .formatted(
                                        wire(settings.mode()),
                                        settings.allow() ? " allow" : "",
                                        settings.pdqRadius(),
                                        settings.pdqQuality(),
                                        settings.termDays()
                                                .map(days -> ", " + days + " d")
                                                .orElse(""))));
    }

    /** Takes a list away; what it found stays in the history. */
    @Transactional
    public void remove(String id, String by) {
        if (require(id).isOfDecisions()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "list-of-decisions",
                    "The list \"%s\" holds what decisions created and stays.".formatted(id),
                    id);
        }
        jdbc.sql("update signature_lists set removed_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
        events.add(id, "list_removed", Optional.of(by), Optional.empty());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
