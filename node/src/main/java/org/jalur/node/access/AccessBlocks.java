package org.jalur.node.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Course;
import org.jalur.access.order.Limits;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.text.EventText;
import org.jalur.access.text.OrderText;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Blocks worked out of their messages; nothing of how they stand is kept beside these. */
@Component
class AccessBlocks {
    private static final String ORDERS =
            """
            select orders.*, messages.digest, messages.recorded_at, received_at,
                (select min(entry.recorded_at) from journal_entries entry
                    where entry.digest = messages.digest and entry.kind = 'tendered') as tendered_at
            from access_orders orders join messages on messages.id = orders.message
            left join receipts on receipts.message = messages.id
            """;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final Agreements agreements;

    AccessBlocks(JdbcClient jdbc, Channels channels, PartStore parts, Agreements agreements) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.agreements = agreements;
    }

    /** An order as its row has it. */
    private record Row(
            UUID id,
            UUID order,
            Channel channel,
            boolean own,
            long message,
            Hash digest,
            Hash agreement,
            Hash leaf,
            Hash approvals,
            Instant sentAt,
            Instant recordedAt,
            Optional<Instant> receivedAt,
            Optional<Instant> tenderedAt) {}

    /** A message about an order as its row has it. */
    private record Spoken(
            UUID block,
            long message,
            UUID id,
            Hash digest,
            boolean own,
            String kind,
            Hash leaf,
            Instant recordedAt,
            Optional<Instant> receivedAt) {
        static Spoken from(ResultSet row, int number) throws SQLException {
            return new Spoken(
                    row.getObject("block", UUID.class),
                    row.getLong("message"),
                    row.getObject("message_id", UUID.class),
                    Hash.of(row.getBytes("digest")),
                    row.getString("direction").equals("out"),
                    row.getString("kind"),
                    Hash.of(row.getBytes("leaf")),
                    time(row, "recorded_at").orElseThrow(),
                    time(row, "received_at"));
        }
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private Row row(ResultSet row, int number) throws SQLException {
        boolean own = row.getString("direction").equals("out");
        Instant recordedAt = time(row, "recorded_at").orElseThrow();
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                channels.byId(row.getInt("channel")),
                own,
                row.getLong("message"),
                Hash.of(row.getBytes("digest")),
                Hash.of(row.getBytes("agreement")),
                Hash.of(row.getBytes("leaf")),
                Hash.of(row.getBytes("approvals_leaf")),
                time(row, "sent_at").orElseThrow(),
                recordedAt,
                own ? time(row, "received_at") : Optional.of(recordedAt),
                time(row, "tendered_at"));
    }

    /**
     * @throws ProblemException 404 if there is none
     */
    Block one(UUID id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-access-block",
                "This node knows no access block %s.".formatted(id));
    }

    Optional<Block> find(UUID id) {
        return blocks(
                        jdbc.sql(ORDERS + "where orders.id = :id")
                                .param("id", id)
                                .query(this::row)
                                .list())
                .stream()
                .findFirst();
    }

    List<Block> those(List<UUID> ids) {
        return blocks(
                jdbc.sql(ORDERS + "where orders.id = any(:ids)")
                        .param("ids", ids.toArray(UUID[]::new))
                        .query(this::row)
                        .list());
    }

    /** The same without those whose order cannot be opened any more. */
    List<Block> readable(Collection<UUID> ids) {
        return blocks(
                jdbc.sql(ORDERS + "where orders.id = any(:ids)")
                        .param("ids", ids.toArray(UUID[]::new))
                        .query(this::row)
                        .list(),
                AccessBlocks::isOpen);
    }

    private static boolean isOpen(Row row, Map<Hash, Part> opened) {
        return opened.containsKey(row.leaf()) && opened.containsKey(row.approvals());
    }

    /** Newest first, those before a moment and an id. */
    List<Block> newest(Instant before, UUID beforeId, int most) {
        return blocks(
                jdbc.sql(
                                ORDERS
                                        + """
                                        where (orders.sent_at, orders.id) < (:before::timestamptz, :id)
                                        order by orders.sent_at desc, orders.id desc limit :most
                                        """)
                        .param("before", before.toString())
                        .param("id", beforeId)
                        .param("most", most)
                        .query(this::row)
                        .list());
    }

    private List<Block> blocks(List<Row> rows) {
        return blocks(rows, (_, _) -> true);
    }

    private List<Block> blocks(List<Row> rows, BiPredicate<Row, Map<Hash, Part>> which) {
        Map<UUID, List<Spoken>> spoken = new HashMap<>();
        jdbc.sql(
                        """
                        select events.*, message_id, messages.digest, direction, messages.recorded_at, received_at
                        from access_events events join messages on messages.id = events.message
                        left join receipts on receipts.message = messages.id
                        where block = any(:blocks) order by events.message
                        """)
                .param("blocks", rows.stream().map(Row::id).toArray(UUID[]::new))
                .query(Spoken::from)
                .list()
                .forEach(one ->
                        spoken.computeIfAbsent(one.block(), _ -> new ArrayList<>()).add(one));
        Map<Integer, Set<Hash>> leaves = new HashMap<>();
        for (Row row : rows) {
            Set<Hash> here = leaves.computeIfAbsent(row.channel().id(), _ -> new HashSet<>());
            here.add(row.leaf());
            here.add(row.approvals());
            spoken.getOrDefault(row.id(), List.of()).forEach(one -> here.add(one.leaf()));
        }
        Map<Integer, Map<Hash, Part>> opened = new HashMap<>();
        leaves.forEach(
                (channel, all) -> opened.put(channel, parts.open(channels.byId(channel), all)));
        return rows.stream()
                .filter(row -> which.test(row, opened.getOrDefault(row.channel().id(), Map.of())))
                .map(row ->
                        block(
                                row,
                                spoken.getOrDefault(row.id(), List.of()),
                                opened.getOrDefault(row.channel().id(), Map.of())))
                .toList();
    }

    private Block block(Row row, List<Spoken> spoken, Map<Hash, Part> opened) {
        OrderText text = OrderText.read(part(row, row.leaf(), opened).bytes());
        Said.Approvals approvals =
                Parts.read(part(row, row.approvals(), opened), Said.Approvals.class);
        Limits limits =
                Limits.of(agreements.of(row.channel(), row.agreement()).agreement())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "agreement %s has no access blocks"
                                                .formatted(row.agreement())));
        List<Block.Happened> said = spoken.stream().map(one -> happened(row, one, opened)).toList();
        List<OrderEvent> events = new ArrayList<>(approvals.events());
        announced(row, said).ifPresent(events::add);
        said.stream().flatMap(one -> counted(one).stream()).forEach(events::add);
        return new Block(
                row.id(),
                row.order(),
                row.channel(),
                row.own(),
                row.message(),
                row.digest(),
                row.sentAt(),
                row.receivedAt(),
                row.tenderedAt(),
                row.agreement(),
                text.checked(),
                text.digest(),
                approvals,
                limits,
                Course.drafted(text.order(), limits, approvals.drafter(), text.digest())
                        .withAll(events),
                said);
    }

    private static Part part(Row row, Hash leaf, Map<Hash, Part> opened) {
        return Optional.ofNullable(opened.get(leaf))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "order %s cannot be opened: its part is gone".formatted(row.id())));
    }

    private Block.Happened happened(Row row, Spoken one, Map<Hash, Part> opened) {
        return new Block.Happened(
                one.message(),
                one.id(),
                one.digest(),
                one.own(),
                one.recordedAt(),
                one.own() ? one.receivedAt() : Optional.of(one.recordedAt()),
                Optional.ofNullable(opened.get(one.leaf()))
                        .map(part -> what(row, one, part))
                        .orElseGet(Block.What.Gone::new));
    }

    private Block.What what(Row row, Spoken one, Part part) {
        return switch (one.kind()) {
            case "event" -> {
                OrderEvent event = EventText.read(part.bytes());
                yield new Block.What.Event(event, heard(row, event));
            }
            case "answer" -> new Block.What.Answer(Parts.read(part, Said.Answer.class));
            case "refusal" -> new Block.What.Refused(Parts.read(part, Refusal.class));
            default -> throw new IllegalStateException("an unknown kind: " + one.kind());
        };
    }

    private Optional<String> heard(Row row, OrderEvent event) {
        return event instanceof OrderEvent.ConditionMet met
                        && met.evidence() instanceof Condition.Evidence.JournaledRecord(var leaf)
                ? parts.open(row.channel(), leaf)
                        .map(part -> Parts.read(part, Said.Heard.class).words())
                : Optional.empty();
    }

    /**
     * By the receipt; where the authority says that the vain try counts, by that, whether or not a
     * receipt came later: the two sides must not take one for the other.
     */
    private static Optional<OrderEvent> announced(Row row, List<Block.Happened> said) {
        return said.stream()
                .flatMap(one -> event(one, OrderEvent.Announced.class).stream())
                .filter(one ->
                        one.proof().equals(new Proof.Attempt(row.digest()))
                                && !one.at().isBefore(row.sentAt()))
                .<OrderEvent>map(one -> one)
                .findFirst()
                .or(() ->
                        row.receivedAt()
                                .map(at ->
                                        new OrderEvent.Announced(
                                                new Proof.Receipt(row.digest()), at)));
    }

    private static Optional<OrderEvent> counted(Block.Happened one) {
        return switch (one.what()) {
            case Block.What.Event(OrderEvent.Announced _, _) -> Optional.empty();
            case Block.What.Event(var event, _) -> Optional.of(event);
            case Block.What.Answer _ ->
                    one.at().map(at -> new OrderEvent.Answered(one.digest(), at));
            case Block.What.Refused _, Block.What.Gone _ -> Optional.empty();
        };
    }

    private static <T extends OrderEvent> Optional<T> event(Block.Happened one, Class<T> type) {
        return one.what() instanceof Block.What.Event(var event, _) && type.isInstance(event)
                ? Optional.of(type.cast(event))
                : Optional.empty();
    }

    /** Whether a message is one of this channel, in either direction. */
    boolean isMessage(Channel channel, Hash digest) {
        return jdbc.sql(
                                "select count(*) from messages where channel = :channel and digest = :digest")
                        .param("channel", channel.id())
                        .param("digest", digest.bytes())
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
