package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.deconfliction.HeldBack;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Correspondence;
import org.jalur.node.exchange.DecisionViews;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.RefusedMessages;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.nondisclosure.NonDisclosures;
import org.jalur.node.screening.Hits;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases as reviewers and the platform's systems read them. */
@Component
class CaseViews {
    static final String COLUMNS = columns("cases");

    /** Of a row of {@code case_items}. */
    static final String UNCONFIRMED =
            "exists (select 1 from unconfirmed_items waiting where waiting.case_id = case_items.case_id and waiting.no = case_items.no)";

    /** Twins of an item that are shown. */
    private static final int TWINS = 20;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final Measures measures;
    private final DecisionViews decisions;
    private final Correspondence correspondence;
    private final InterimRecords interims;
    private final Unconfirmed unconfirmed;
    private final Hits hits;
    private final Twins twins;
    private final HeldBack heldBack;
    private final NonDisclosures nonDisclosures;
    private final RefusedMessages refusals;
    private final Timeline timeline;

    CaseViews(
            JdbcClient jdbc,
            Channels channels,
            PartStore parts,
            Measures measures,
            DecisionViews decisions,
            Correspondence correspondence,
            InterimRecords interims,
            Unconfirmed unconfirmed,
            Hits hits,
            Twins twins,
            HeldBack heldBack,
            NonDisclosures nonDisclosures,
            RefusedMessages refusals,
            Timeline timeline) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.measures = measures;
        this.decisions = decisions;
        this.correspondence = correspondence;
        this.interims = interims;
        this.unconfirmed = unconfirmed;
        this.hits = hits;
        this.twins = twins;
        this.heldBack = heldBack;
        this.nonDisclosures = nonDisclosures;
        this.refusals = refusals;
        this.timeline = timeline;
    }

    /**
     * @param state open, waiting, closed or withdrawn
     * @param emergency claimed, denied or confirmed; absent for other kinds
     * @param unconfirmed how many of the undecided items wait for a second reviewer
     * @param claim who has it, and until when
     * @param twins whether another notice names one of its items
     */
    record Summary(
            UUID id,
            String authority,
            UUID notice,
            String state,
            String kind,
            String urgency,
            Optional<String> emergency,
            String category,
            String reference,
            String organisation,
            int itemCount,
            int undecided,
            int unconfirmed,
            Instant receivedAt,
            Instant dueAt,
            Optional<Instant> stoppedAt,
            Optional<Instant> acknowledgedAt,
            Optional<Claim> claim,
            Optional<Instant> closedAt,
            boolean twins,
            Instant changedAt) {}

    record Claim(String reviewer, Instant until) {}

    /**
     * @param next pass as {@code cursor} for the next page; absent on the last
     */
    record Page(List<Summary> cases, Optional<String> next) {}

    /**
     * @param facts absent once they were erased, like everything that stands in parts
     * @param nonDisclosure until when the user is not told, with its renewal
     * @param refusals of messages about the case that the authority did not take up
     * @param said what the authority answered, and why it withdrew
     * @param unconfirmed decisions that wait for a second reviewer, or were sent back
     * @param recoveredAt when the database came back without such decisions, if one may have waited
     *     and nobody has decided since
     */
    record Detail(
            @com.fasterxml.jackson.annotation.JsonProperty("case") Summary summary,
            Optional<NoticeFacts> facts,
            Optional<NoticeReasons> reasons,
            Optional<NonDisclosures.View> nonDisclosure,
            List<RefusedMessages.View> refusals,
            List<Correspondence.Said> said,
            List<ItemView> items,
            Optional<Integer> nextItem,
            List<Unconfirmed.Wanted> unconfirmed,
            Optional<Instant> recoveredAt,
            List<Hits.Hit> hits,
            List<Timeline.Event> timeline) {}

    /**
     * @param unconfirmed whether a decision about it waits for a second reviewer
     * @param interim what was withheld before it was decided
     * @param twins the same item in other notices, at most 20, the nearest deadline first
     * @param notes that hold for it: it stays where it is, unless somebody says why not
     */
    record ItemView(
            int no,
            String kind,
            String state,
            boolean unconfirmed,
            String enforcement,
            Optional<Item> item,
            List<DecisionViews.View> decisions,
            List<Measures.View> measures,
            Optional<InterimRecords.View> interim,
            List<Twins.Twin> twins,
            List<HeldBack.Held> notes) {}

    /** A case that was handed out. */
    record Claimed(@com.fasterxml.jackson.annotation.JsonProperty("case") Summary summary) {}

    private record Row(Summary summary, Channel channel, Hash facts, Hash reasons) {}

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-case",
                "There is no case %s on this node.".formatted(id));
    }

    /** The queue: by nearest deadline. */
    Page byDeadline(String state, Optional<String> cursor, int limit) {
        Cursor from = cursor.map(Cursor::parse).orElse(Cursor.before(Instant.EPOCH));
        List<Row> rows =
                jdbc.sql(
                                COLUMNS
                                        + """
                                        where state = :state and (due_at, cases.id) > (:due, :id)
                                        order by due_at, cases.id limit :limit
                                        """)
                        .param("state", state)
                        .param("due", CaseMessages.at(from.at()))
                        .param("id", from.id())
                        .param("limit", limit)
                        .query(this::row)
                        .list();
        Optional<String> next =
                rows.size() < limit
                        ? Optional.empty()
                        : Optional.of(
                                new Cursor(
                                                rows.getLast().summary().dueAt(),
                                                rows.getLast().summary().id())
                                        .text());
        return new Page(rows.stream().map(Row::summary).toList(), next);
    }

    /** Begins a query over cases, or over a part of them with the same columns. */
    static String columns(String cases) {
        return """
        select cases.id, channel, notice_id, state, kind, urgency, category, reference, organisation, item_count,
            undecided, unconfirmed, facts_leaf, reasons_leaf, received_at, due_at, stopped_at, acknowledged_at, claimed_until,
            pseudonym, closed_at, twins, changed_at,
            (select emergencies.state from emergencies where subject = cases.id) as emergency
        from %s cases left join accounts on accounts.id = claimed_by
        """
                .formatted(cases);
    }

    /** The rows of a query that begins with {@link #COLUMNS}. */
    List<Summary> summaries(JdbcClient.StatementSpec query) {
        return query.query(this::row).list().stream().map(Row::summary).toList();
    }

    Detail detail(UUID id, int fromItem, int limit) {
        Row row =
                jdbc.sql(COLUMNS + " where cases.id = :id")
                        .param("id", id)
                        .query(this::row)
                        .optional()
                        .orElseThrow(() -> unknown(id));
        List<ItemRow> items =
                limit == 0
                        ? List.of()
                        : jdbc.sql(
                                        """
                                        select no, kind, leaf, state, enforcement, %s as unconfirmed from case_items
                                        where case_id = :case and no >= :from order by no limit :limit
                                        """
                                                .formatted(UNCONFIRMED))
                                .param("case", id)
                                .param("from", fromItem)
                                .param("limit", limit)
                                .query(ItemRow::from)
                                .list();
        var leaves = new ArrayList<>(List.of(row.facts(), row.reasons()));
        items.forEach(item -> leaves.add(item.leaf()));
        Map<Hash, Part> opened = parts.open(row.channel(), leaves);
        int next = items.isEmpty() ? fromItem : items.getLast().no() + 1;
        Optional<NoticeFacts> facts =
                Optional.ofNullable(opened.get(row.facts()))
                        .map(part -> Parts.read(part, NoticeFacts.class));
        return new Detail(
                row.summary(),
                facts,
                Optional.ofNullable(opened.get(row.reasons()))
                        .map(part -> Parts.read(part, NoticeReasons.class)),
                facts.flatMap(said -> nonDisclosures.of(id, said)),
                refusals.of(row.channel(), id),
                correspondence.about(row.channel(), row.summary().notice()),
                views(id, row.channel(), items, opened),
                next <= row.summary().itemCount() ? Optional.of(next) : Optional.empty(),
                unconfirmed.of(id),
                recoveredAt(id),
                hits.of(id),
                timeline.of(id));
    }

    private Optional<Instant> recoveredAt(UUID id) {
        return jdbc.sql(
                        "select recovered_at from cases where id = :id and recovered_at is not null")
                .param("id", id)
                .query((row, _) -> row.getObject("recovered_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    private record ItemRow(
            int no, String kind, Hash leaf, String state, String enforcement, boolean unconfirmed) {
        static ItemRow from(ResultSet row, int number) throws SQLException {
            return new ItemRow(
                    row.getInt("no"),
                    row.getString("kind"),
                    Hash.of(row.getBytes("leaf")),
                    row.getString("state"),
                    row.getString("enforcement"),
                    row.getBoolean("unconfirmed"));
        }
    }

    /**
     * Items that can be decided now.
     *
     * @param addresses of the first of them, by number; an erased one has none
     * @param count how many there are
     */
    record Undecided(Map<Integer, String> addresses, int count) {}

    /**
     * @param numbers those asked about; empty for all
     */
    Undecided undecided(UUID id, Optional<List<Integer>> numbers, int most) {
        Channel channel =
                channels.byId(
                        jdbc.sql("select channel from cases where id = :id")
                                .param("id", id)
                                .query(Integer.class)
                                .optional()
                                .orElseThrow(() -> unknown(id)));
        List<ItemRow> rows =
                jdbc.sql(
                                """
                                select no, kind, leaf, state, enforcement, false as unconfirmed from case_items
                                where case_id = :id and state in ('open', 'clarification', 'impossible') and not %s
                                    and (:all or no = any(:numbers))
                                order by no
                                """
                                        .formatted(UNCONFIRMED))
                        .param("id", id)
                        .param("all", numbers.isEmpty())
                        .param("numbers", numbers.orElse(List.of()).toArray(Integer[]::new))
                        .query(ItemRow::from)
                        .list();
        List<ItemRow> first = rows.stream().limit(most).toList();
        Map<Hash, Part> opened = parts.open(channel, first.stream().map(ItemRow::leaf).toList());
        Map<Integer, String> addresses = new TreeMap<>();
        first.forEach(row ->
                addresses.put(
                        row.no(),
                        Optional.ofNullable(opened.get(row.leaf()))
                                .map(part -> Parts.read(part, Item.class).url())
                                .orElse("")));
        return new Undecided(addresses, rows.size());
    }

    private List<ItemView> views(
            UUID id, Channel channel, List<ItemRow> items, Map<Hash, Part> opened) {
        if (items.isEmpty()) {
            return List.of();
        }
        int first = items.getFirst().no();
        int last = items.getLast().no();
        Map<Integer, List<Measures.View>> measured = measures.of(id, first, last);
        Map<Integer, List<DecisionViews.View>> decided = decisions.of(id, channel, first, last);
        Map<Integer, InterimRecords.View> withheld = interims.of(id);
        Map<Integer, List<Twins.Twin>> same = twins.of(id, first, last);
        Map<Integer, List<HeldBack.Held>> held = heldBack.of(id, first, last);
        return items.stream()
                .map(item ->
                        new ItemView(
                                item.no(),
                                item.kind(),
                                item.state(),
                                item.unconfirmed(),
                                item.enforcement(),
                                Optional.ofNullable(opened.get(item.leaf()))
                                        .map(part -> Parts.read(part, Item.class)),
                                decided.getOrDefault(item.no(), List.of()),
                                measured.getOrDefault(item.no(), List.of()),
                                Optional.ofNullable(withheld.get(item.no())),
                                same.getOrDefault(item.no(), List.of()).stream()
                                        .limit(TWINS)
                                        .toList(),
                                held.getOrDefault(item.no(), List.of())))
                .toList();
    }

    private Row row(ResultSet row, int number) throws SQLException {
        Channel channel = channels.byId(row.getInt("channel"));
        String claimant = row.getString("pseudonym");
        return new Row(
                new Summary(
                        row.getObject("id", UUID.class),
                        channel.peer().value(),
                        row.getObject("notice_id", UUID.class),
                        row.getString("state"),
                        row.getString("kind"),
                        row.getString("urgency"),
                        Optional.ofNullable(row.getString("emergency")),
                        row.getString("category"),
                        row.getString("reference"),
                        row.getString("organisation"),
                        row.getInt("item_count"),
                        row.getInt("undecided"),
                        row.getInt("unconfirmed"),
                        time(row, "received_at").orElseThrow(),
                        time(row, "due_at").orElseThrow(),
                        time(row, "stopped_at"),
                        time(row, "acknowledged_at"),
                        claimant == null
                                ? Optional.empty()
                                : time(row, "claimed_until")
                                        .map(until -> new Claim(claimant, until)),
                        time(row, "closed_at"),
                        row.getBoolean("twins"),
                        time(row, "changed_at").orElseThrow()),
                channel,
                Hash.of(row.getBytes("facts_leaf")),
                Hash.of(row.getBytes("reasons_leaf")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
