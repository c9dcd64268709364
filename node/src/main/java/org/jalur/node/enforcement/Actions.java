package org.jalur.node.enforcement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.appeal.AppealReasons;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.screening.SignatureModes;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.InterimReasons;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The actions that are due, leased one by one, with what the connector has to be told. */
@Component
class Actions {
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final Clock clock;

    Actions(JdbcClient jdbc, Channels channels, PartStore parts, Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.clock = clock;
    }

    /**
     * An action under lease.
     *
     * @param followed the item of another case for which the same was done at the same place
     * @param interim whether it withholds before a decision, or undoes that
     * @param decisionLeaf of the part that says why
     * @param tellUntil how long the platform is asked again to tell the user; absent the first time
     * @param interimUntil when the withholding ends by itself; absent once it is over
     * @param restricts whether the decision that holds blocks or withholds the item
     * @param appealed the appeal that it restores the content for, or whose outcome it tells
     */
    record Due(
            UUID id,
            UUID caseId,
            int no,
            String action,
            List<String> countries,
            Optional<UUID> undo,
            Optional<Followed> followed,
            boolean tell,
            boolean interim,
            SignatureModes signatures,
            int attempts,
            Channel channel,
            UUID noticeId,
            Hash agreement,
            Hash factsLeaf,
            Hash itemLeaf,
            Optional<Hash> decisionLeaf,
            Optional<Instant> decidedAt,
            Optional<Instant> interimUntil,
            Optional<Instant> tellUntil,
            boolean restricts,
            Optional<Appealed> appealed) {}

    /**
     * An appeal that is decided.
     *
     * @param leaf of the part that says why
     */
    record Appealed(UUID appeal, String reference, String outcome, Instant decidedAt, Hash leaf) {}

    /**
     * An item of another case.
     *
     * @param tells whether the affected user is told with that one
     */
    record Followed(UUID caseId, int no, boolean tells) {}

    /** What the parts of the case say about this item; empty once they are erased. */
    record Subject(
            NoticeFacts facts, Item item, Optional<String> reason, Optional<String> appealReason) {}

    /**
     * Never what withholds until a time that is over: a platform that comes back late hides
     * nothing.
     */
    Optional<Due> lease() {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        with due as (
                            update actions set lease_until = :until, attempts = attempts + 1
                            where id = (
                                select id from actions
                                where done_at is null and next_attempt_at <= :now
                                    and not exists (
                                        select 1 from actions first
                                        where first.id = actions.follows and first.done_at is null)
                                    and (lease_until is null or lease_until < :now)
                                    and not (interim and undo is null and exists (
                                        select 1 from interims over
                                        where over.subject = actions.case_id and over.no = actions.no
                                            and over.until_at <= :now))
                                order by next_attempt_at limit 1 for no key update skip locked)
                            returning *)
                        select due.*, first.case_id as first_case, first.no as first_no, first.tell as first_tells, cases.channel, cases.notice_id, cases.agreement, cases.facts_leaf,
                            case_items.leaf,
                            case when due.interim then interims.leaf else decision.leaf end as decision_leaf,
                            case when due.interim then interims.from_at else decision.decided_at end as decided_at,
                            case when due.interim and due.undo is null then interims.until_at end as interim_until,
                            coalesce(decision.outcome in ('blocked', 'withheld'), false) as restricts,
                            appeals.reference as appeal_reference, appeals.outcome as appeal_outcome,
                            appeals.decided_at as appeal_decided_at, appeals.reasons_leaf as appeal_leaf
                        from due join cases on cases.id = due.case_id
                        join case_items on case_items.case_id = due.case_id and case_items.no = due.no
                        left join lateral (
                            select actions.case_id, actions.no, actions.tell from actions
                            where actions.id = due.follows and exists (
                                select 1 from measures
                                where measures.action = actions.id and result <> 'failed')) first on true
                        left join lateral (
                            select leaf, decided_at, outcome from decisions
                            where subject = due.case_id and decisions.no = due.no
                            order by decisions.id desc limit 1) decision on true
                        left join interims on interims.subject = due.case_id and interims.no = due.no
                        left join appeals on appeals.id = due.appeal and appeals.outcome_message is not null
                        """)
                .param("until", Enforcement.at(now.plus(LEASE)))
                .param("now", Enforcement.at(now))
                .query(this::due)
                .optional();
    }

    private static Optional<Followed> followed(ResultSet row) throws SQLException {
        UUID first = row.getObject("first_case", UUID.class);
        return first == null
                ? Optional.empty()
                : Optional.of(
                        new Followed(first, row.getInt("first_no"), row.getBoolean("first_tells")));
    }

    private Due due(ResultSet row, int number) throws SQLException {
        byte[] decision = row.getBytes("decision_leaf");
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getInt("no"),
                row.getString("action"),
                List.of((String[]) row.getArray("countries").getArray()),
                Optional.ofNullable(row.getObject("undo", UUID.class)),
                followed(row),
                row.getBoolean("tell"),
                row.getBoolean("interim"),
                new SignatureModes(
                        Optional.of(row.getString("file_mode")),
                        Optional.of(row.getString("picture_mode")),
                        Optional.of(row.getString("text_mode")),
                        Optional.of(row.getString("url_mode"))),
                row.getInt("attempts"),
                channels.byId(row.getInt("channel")),
                row.getObject("notice_id", UUID.class),
                Hash.of(row.getBytes("agreement")),
                Hash.of(row.getBytes("facts_leaf")),
                Hash.of(row.getBytes("leaf")),
                decision == null ? Optional.empty() : Optional.of(Hash.of(decision)),
                time(row, "decided_at"),
                time(row, "interim_until"),
                time(row, "tell_until"),
                row.getBoolean("restricts"),
                appealed(row));
    }

    private static Optional<Appealed> appealed(ResultSet row) throws SQLException {
        String outcome = row.getString("appeal_outcome");
        return outcome == null
                ? Optional.empty()
                : Optional.of(
                        new Appealed(
                                row.getObject("appeal", UUID.class),
                                row.getString("appeal_reference"),
                                outcome,
                                time(row, "appeal_decided_at").orElseThrow(),
                                Hash.of(row.getBytes("appeal_leaf"))));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /** Why an item is restricted, decided or not, or an appeal against that is decided so. */
    private static String reason(Part part) {
        return switch (part.type()) {
            case "interim-reasons" -> Parts.read(part, InterimReasons.class).reason();
            case "appeal-reasons" -> Parts.read(part, AppealReasons.class).reason();
            default -> Parts.read(part, DecisionReasons.class).reason();
        };
    }

    Optional<Subject> subject(Due due) {
        var leaves = new java.util.ArrayList<>(List.of(due.factsLeaf(), due.itemLeaf()));
        due.decisionLeaf().ifPresent(leaves::add);
        due.appealed().map(Appealed::leaf).ifPresent(leaves::add);
        Map<Hash, Part> opened = parts.open(due.channel(), leaves);
        Part facts = opened.get(due.factsLeaf());
        Part item = opened.get(due.itemLeaf());
        if (facts == null || item == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Subject(
                        Parts.read(facts, NoticeFacts.class),
                        Parts.read(item, Item.class),
                        due.decisionLeaf()
                                .flatMap(leaf -> Optional.ofNullable(opened.get(leaf)))
                                .map(Actions::reason),
                        due.appealed()
                                .flatMap(one -> Optional.ofNullable(opened.get(one.leaf())))
                                .map(Actions::reason)));
    }

    void retry(Due due, Duration asked, String reason) {
        Duration pause = Duration.ofMillis(200L << Math.min(due.attempts(), 12));
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        if (asked.compareTo(pause) > 0) {
            pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
        }
        jdbc.sql(
                        """
                        update actions set lease_until = null, next_attempt_at = :next, last_error = :reason
                        where id = :id
                        """)
                .param("next", Enforcement.at(clock.instant().plus(pause)))
                .param("reason", reason)
                .param("id", due.id())
                .update();
    }

    void done(Due due, Optional<String> reason) {
        jdbc.sql(
                        "update actions set done_at = :now, lease_until = null, last_error = :reason where id = :id")
                .param("now", Enforcement.at(clock.instant()))
                .param("reason", reason.orElse(null))
                .param("id", due.id())
                .update();
    }
}
