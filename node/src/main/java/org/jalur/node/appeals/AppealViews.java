package org.jalur.node.appeals;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DecisionViews;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.register.Register;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Item;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Appeals as both sides read them: the most urgent first, or the newest outcomes. */
@Component
class AppealViews {
    /** Above this a count says "more than". */
    static final int COUNTED = 100;

    private final JdbcClient jdbc;
    private final AppealRows rows;
    private final Words words;
    private final Channels channels;
    private final PartStore parts;
    private final DecisionViews decisions;
    private final Clock clock;
    private final boolean authority;

    AppealViews(
            JdbcClient jdbc,
            AppealRows rows,
            Words words,
            Channels channels,
            PartStore parts,
            DecisionViews decisions,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.words = words;
        this.channels = channels;
        this.parts = parts;
        this.decisions = decisions;
        this.clock = clock;
        this.authority = register.isAuthority();
    }

    enum Which {
        OPEN("outcome is null", "due_at", ">"),
        DECIDED("outcome is not null", "decided_at", "<");

        private final String condition;
        private final String order;
        private final String after;

        Which(String condition, String order, String after) {
            this.condition = condition;
            this.order = order;
            this.after = after;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String direction() {
            return after.equals("<") ? "desc" : "asc";
        }

        private Instant at(Appeal one) {
            return switch (this) {
                case OPEN -> one.dueAt();
                case DECIDED -> one.outcome().orElseThrow().decidedAt();
            };
        }

        /**
         * @throws ProblemException 400 for another word
         */
        static Which of(String wire) {
            return Stream.of(values())
                    .filter(one -> one.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() ->
                            new ProblemException(
                                    HttpStatus.BAD_REQUEST,
                                    "invalid-appeals",
                                    "which is \"%s\"; use open or decided".formatted(wire),
                                    wire));
        }
    }

    /**
     * @param state open, overdue, granted, rejected or withdrawn
     * @param peer the other side
     * @param subject the notice or the case
     * @param item its number there
     * @param receivedAt by the authority's receipt; absent while the appeal is on its way
     * @param late whether it was decided after its time
     * @param restoration of a granted one: restored, restored-late, restoring, overdue or stays
     */
    record Summary(
            UUID id,
            String reference,
            String state,
            String peer,
            UUID subject,
            String subjectReference,
            int item,
            String appellant,
            Instant filedAt,
            Optional<Instant> receivedAt,
            Instant dueAt,
            Optional<Instant> decidedAt,
            boolean late,
            Optional<String> restoration,
            Optional<Instant> restoreBy,
            Optional<Instant> restoredAt,
            Optional<String> claimedBy) {}

    /**
     * @param next cursor of the next page; absent on the last
     */
    record Page(List<Summary> appeals, Optional<String> next) {}

    /**
     * @param content absent once it was erased
     * @param words why somebody appeals; absent where the authority may not read it, once it was
     *     erased, and where a database lost it
     * @param wordsWithheld whether this side may not read them
     * @param decisions about the item, the earliest first
     * @param reasons why it was granted or rejected
     */
    record Detail(
            Summary appeal,
            Optional<Item> content,
            Optional<String> words,
            boolean wordsWithheld,
            List<DecisionViews.View> decisions,
            Optional<String> reasons) {}

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-appeal",
                "This node knows no appeal %s.".formatted(id));
    }

    Page page(Which which, Optional<String> cursor, int most) {
        Optional<Cursor> after = cursor.map(Cursor::parse);
        List<Appeal> found =
                jdbc.sql(
                                Appeal.ROWS
                                        + """
                                        where %1$s and (:first or (%2$s, appeals.id) %3$s (:after::timestamptz, :id))
                                        order by %2$s %4$s, appeals.id %4$s limit :most
                                        """
                                                .formatted(
                                                        which.condition,
                                                        which.order,
                                                        which.after,
                                                        which.direction()))
                        .param("now", AppealRows.at(clock.instant()))
                        .param("first", after.isEmpty())
                        .param("after", after.map(Cursor::at).orElse(Instant.EPOCH).toString())
                        .param("id", after.map(Cursor::id).orElse(new UUID(0, 0)))
                        .param("most", most + 1)
                        .query(Appeal::from)
                        .list();
        List<Appeal> shown = found.subList(0, Math.min(most, found.size()));
        return new Page(
                shown.stream().map(this::summary).toList(),
                found.size() > most
                        ? Optional.of(
                                new Cursor(which.at(shown.getLast()), shown.getLast().id()).text())
                        : Optional.empty());
    }

    /** Open ones, up to {@value #COUNTED}. */
    int open() {
        return jdbc.sql(
                        """
                        select count(*) from (select 1 from appeals where outcome is null limit :most) as counted
                        """)
                .param("most", COUNTED)
                .query(Integer.class)
                .single();
    }

    List<Summary> of(UUID subject) {
        return rows.of(subject).stream().map(this::summary).toList();
    }

    Appeal require(UUID id) {
        return rows.find(id).orElseThrow(() -> unknown(id));
    }

    Detail detail(UUID id) {
        Appeal one = require(id);
        Channel channel = channels.byId(one.channel());
        return new Detail(
                summary(one),
                content(one, channel),
                words.of(one),
                authority && one.wordsLeaf().isEmpty(),
                decisions
                        .of(one.subject(), channel, one.no(), one.no())
                        .getOrDefault(one.no(), List.of()),
                words.reasons(one));
    }

    private Optional<Item> content(Appeal one, Channel channel) {
        return jdbc.sql(
                        "select leaf from %s where %s = :subject and no = :no"
                                .formatted(
                                        authority ? "notice_items" : "case_items",
                                        authority ? "notice" : "case_id"))
                .param("subject", one.subject())
                .param("no", one.no())
                .query((row, _) -> Hash.of(row.getBytes("leaf")))
                .optional()
                .flatMap(leaf -> parts.open(channel, leaf))
                .map(part -> Parts.read(part, Item.class));
    }

    Summary summary(Appeal one) {
        Instant now = clock.instant();
        return new Summary(
                one.id(),
                one.reference(),
                one.state(now),
                channels.byId(one.channel()).peer().value(),
                one.subject(),
                one.subjectReference(),
                one.no(),
                one.appellant(),
                one.filedAt(),
                one.receivedAt(),
                one.dueAt(),
                one.outcome().map(Appeal.Outcome::decidedAt),
                one.isLate(),
                one.restoration(now),
                one.outcome().flatMap(Appeal.Outcome::restoreBy),
                one.restoredAt(),
                one.claim().map(Appeal.Claim::by));
    }
}
