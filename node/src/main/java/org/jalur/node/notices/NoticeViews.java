package org.jalur.node.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Correspondence;
import org.jalur.node.exchange.DecisionViews;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.RefusedMessages;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.nondisclosure.NonDisclosures;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.node.witness.RelayStatements;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Notices as officers and their systems read them. */
@Component
class NoticeViews {
    static final String SUMMARY =
            """
            select id, channel, state, kind, urgency, category, reference, organisation, item_count, version,
                message, received_at, acknowledged_at, due_at, stopped_at, refusal_clause, refusal_reason,
                created_at, changed_at, draft, facts_leaf, reasons_leaf,
                (select emergencies.state from emergencies where subject = notices.id) as emergency
            from notices
            """;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Drafts drafts;
    private final PartStore parts;
    private final Deliveries deliveries;
    private final Measures measures;
    private final InterimRecords interims;
    private final DecisionViews decisions;
    private final Correspondence correspondence;
    private final Timeline timeline;
    private final RelayStatements relays;
    private final NonDisclosures nonDisclosures;
    private final RefusedMessages refusals;

    NoticeViews(
            JdbcClient jdbc,
            Channels channels,
            Drafts drafts,
            PartStore parts,
            Deliveries deliveries,
            Measures measures,
            InterimRecords interims,
            DecisionViews decisions,
            Correspondence correspondence,
            Timeline timeline,
            RelayStatements relays,
            NonDisclosures nonDisclosures,
            RefusedMessages refusals) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.drafts = drafts;
        this.parts = parts;
        this.deliveries = deliveries;
        this.measures = measures;
        this.interims = interims;
        this.decisions = decisions;
        this.correspondence = correspondence;
        this.timeline = timeline;
        this.relays = relays;
        this.nonDisclosures = nonDisclosures;
        this.refusals = refusals;
    }

    /**
     * @param state draft, sent, refused, closed or withdrawn
     * @param emergency claimed, denied or confirmed; absent for other kinds, and for a draft
     * @param delivery underway, delivered, or undelivered with the reason; absent for a draft
     * @param acknowledgedAt when a person opened it, as the platform says
     * @param stoppedAt since when the clock stands still
     */
    record Summary(
            UUID id,
            String platform,
            String state,
            String kind,
            String urgency,
            Optional<String> emergency,
            String category,
            String reference,
            String organisation,
            int itemCount,
            int version,
            Optional<Deliveries.Delivery> delivery,
            Optional<Instant> receivedAt,
            Optional<Instant> acknowledgedAt,
            Optional<Instant> dueAt,
            Optional<Instant> stoppedAt,
            Optional<Refused> refused,
            Instant createdAt,
            Instant changedAt) {
        Summary with(Optional<Deliveries.Delivery> delivery) {
            return new Summary(
                    id,
                    platform,
                    state,
                    kind,
                    urgency,
                    emergency,
                    category,
                    reference,
                    organisation,
                    itemCount,
                    version,
                    delivery,
                    receivedAt,
                    acknowledgedAt,
                    dueAt,
                    stoppedAt,
                    refused,
                    createdAt,
                    changedAt);
        }
    }

    record Refused(String clause, String reason) {}

    /**
     * @param next pass as {@code cursor} for the next page; absent on the last
     */
    record Page(List<Summary> notices, Optional<String> next) {}

    /**
     * @param root of a draft: RFC 6962 root over its parts, in hexadecimal; name it when you
     *     approve, and nothing else is approved
     * @param facts of a sent notice; absent once they were erased
     * @param reasons of a sent notice; absent once they were erased
     * @param nonDisclosure until when the user is not told, with its renewal
     * @param refusals of messages about the notice, while the notice itself stays
     * @param said answers to questions, and the reason of a withdrawal
     * @param receipt the platform's signed receipt, a compact JWS with its journal proof
     * @param relayed tries of an independent witness to deliver the notice, in order
     * @param nextItem pass as {@code fromItem} to read on; absent once the last was there
     */
    record Detail(
            Summary notice,
            Optional<NoticeForm> draft,
            Optional<String> root,
            Optional<NoticeFacts> facts,
            Optional<NoticeReasons> reasons,
            Optional<NonDisclosures.View> nonDisclosure,
            List<RefusedMessages.View> refusals,
            List<Correspondence.Said> said,
            Optional<String> receipt,
            List<RelayStatements.Tried> relayed,
            List<ItemView> items,
            Optional<Integer> nextItem,
            List<Timeline.Event> timeline) {}

    /**
     * @param state open, blocked, withheld, refused, clarification or impossible
     * @param item absent once it was erased
     * @param interim what the platform withheld before it decided
     */
    record ItemView(
            int no,
            String kind,
            String state,
            String enforcement,
            Optional<Item> item,
            List<DecisionViews.View> decisions,
            List<Measures.View> measures,
            Optional<InterimRecords.View> interim) {}

    private record Row(
            Summary summary,
            int channel,
            @Nullable Long message,
            byte @Nullable [] draft,
            @Nullable Hash facts,
            @Nullable Hash reasons) {}

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-notice",
                "There is no notice %s on this node.".formatted(id));
    }

    Page changedSince(Instant since, Optional<String> cursor, int limit) {
        Cursor from = cursor.map(Cursor::parse).orElse(Cursor.before(since));
        List<Row> rows =
                jdbc.sql(
                                SUMMARY
                                        + " where (changed_at, id) > (:at, :id) order by changed_at, id limit :limit")
                        .param("at", from.at().atOffset(ZoneOffset.UTC))
                        .param("id", from.id())
                        .param("limit", limit)
                        .query(this::row)
                        .list();
        rows = withDeliveries(rows);
        Optional<String> next =
                rows.size() < limit
                        ? Optional.empty()
                        : Optional.of(
                                new Cursor(
                                                rows.getLast().summary().changedAt(),
                                                rows.getLast().summary().id())
                                        .text());
        return new Page(rows.stream().map(Row::summary).toList(), next);
    }

    /** The rows of a query that begins with {@link #SUMMARY}. */
    List<Summary> summaries(JdbcClient.StatementSpec query) {
        return withDeliveries(query.query(this::row).list()).stream().map(Row::summary).toList();
    }

    /** All of one moment: a receipt and a delivery that is still under way do not go together. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Detail detail(UUID id, int fromItem, int limit) {
        Row row =
                withDeliveries(
                                jdbc.sql(SUMMARY + " where id = :id")
                                        .param("id", id)
                                        .query(this::row)
                                        .list())
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> unknown(id));
        if (row.draft() != null) {
            NoticeForm draft = drafts.form(id, row.draft());
            return new Detail(
                    row.summary(),
                    Optional.of(draft),
                    Optional.of(drafts.content(id, draft).root().hex()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    timeline.of(id));
        }
        Channel channel = channels.byId(row.channel());
        List<ItemView> items = items(id, channel, fromItem, limit);
        int next = items.isEmpty() ? fromItem : items.getLast().no() + 1;
        Map<Hash, Part> opened =
                parts.open(
                        channel,
                        Stream.of(row.facts(), row.reasons()).filter(Objects::nonNull).toList());
        Optional<NoticeFacts> facts =
                Optional.ofNullable(row.facts())
                        .map(opened::get)
                        .map(part -> Parts.read(part, NoticeFacts.class));
        return new Detail(
                row.summary(),
                Optional.empty(),
                Optional.empty(),
                facts,
                Optional.ofNullable(row.reasons())
                        .map(opened::get)
                        .map(part -> Parts.read(part, NoticeReasons.class)),
                facts.flatMap(said -> nonDisclosures.of(id, said)),
                refusals.of(channel, id),
                correspondence.about(channel, id),
                Optional.ofNullable(row.message()).flatMap(deliveries::receipt),
                Optional.ofNullable(row.message()).map(relays::tries).orElse(List.of()),
                items,
                next <= row.summary().itemCount() ? Optional.of(next) : Optional.empty(),
                timeline.of(id));
    }

    private record ItemRow(int no, String kind, Hash leaf, String state, String enforcement) {
        static ItemRow from(ResultSet row, int number) throws SQLException {
            return new ItemRow(
                    row.getInt("no"),
                    row.getString("kind"),
                    Hash.of(row.getBytes("leaf")),
                    row.getString("state"),
                    row.getString("enforcement"));
        }
    }

    private List<ItemView> items(UUID notice, Channel channel, int from, int limit) {
        if (limit == 0) {
            return List.of();
        }
        List<ItemRow> rows =
                jdbc.sql(
                                """
                                select no, kind, leaf, state, enforcement from notice_items
                                where notice = :notice and no >= :from order by no limit :limit
                                """)
                        .param("notice", notice)
                        .param("from", from)
                        .param("limit", limit)
                        .query(ItemRow::from)
                        .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        int last = rows.getLast().no();
        Map<Integer, List<DecisionViews.View>> decided = decisions.of(notice, channel, from, last);
        Map<Integer, List<Measures.View>> measured = measures.of(notice, from, last);
        Map<Integer, InterimRecords.View> withheld = interims.of(notice);
        Set<Hash> leaves = new HashSet<>();
        rows.forEach(row -> leaves.add(row.leaf()));
        Map<Hash, Part> opened = parts.open(channel, leaves);
        return rows.stream()
                .map(row ->
                        new ItemView(
                                row.no(),
                                row.kind(),
                                row.state(),
                                row.enforcement(),
                                Optional.ofNullable(opened.get(row.leaf()))
                                        .map(part -> Parts.read(part, Item.class)),
                                decided.getOrDefault(row.no(), List.of()),
                                measured.getOrDefault(row.no(), List.of()),
                                Optional.ofNullable(withheld.get(row.no()))))
                .toList();
    }

    private List<Row> withDeliveries(List<Row> rows) {
        Map<Long, Deliveries.Delivery> known =
                deliveries.of(rows.stream().map(Row::message).filter(Objects::nonNull).toList());
        return rows.stream()
                .map(row ->
                        new Row(
                                row.summary()
                                        .with(Optional.ofNullable(row.message()).map(known::get)),
                                row.channel(),
                                row.message(),
                                row.draft(),
                                row.facts(),
                                row.reasons()))
                .toList();
    }

    private Row row(ResultSet row, int number) throws SQLException {
        long message = row.getLong("message");
        @Nullable Long sent = row.wasNull() ? null : message;
        String clause = row.getString("refusal_clause");
        String reason = row.getString("refusal_reason");
        return new Row(
                new Summary(
                        row.getObject("id", UUID.class),
                        channels.byId(row.getInt("channel")).peer().value(),
                        row.getString("state"),
                        row.getString("kind"),
                        row.getString("urgency"),
                        Optional.ofNullable(row.getString("emergency")),
                        row.getString("category"),
                        row.getString("reference"),
                        row.getString("organisation"),
                        row.getInt("item_count"),
                        row.getInt("version"),
                        Optional.empty(),
                        time(row, "received_at"),
                        time(row, "acknowledged_at"),
                        time(row, "due_at"),
                        time(row, "stopped_at"),
                        clause == null
                                ? Optional.empty()
                                : Optional.of(new Refused(clause, String.valueOf(reason))),
                        time(row, "created_at").orElseThrow(),
                        time(row, "changed_at").orElseThrow()),
                row.getInt("channel"),
                sent,
                row.getBytes("draft"),
                leaf(row, "facts_leaf"),
                leaf(row, "reasons_leaf"));
    }

    private static @Nullable Hash leaf(ResultSet row, String column) throws SQLException {
        byte[] leaf = row.getBytes(column);
        return leaf == null ? null : Hash.of(leaf);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
