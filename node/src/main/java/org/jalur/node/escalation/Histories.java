package org.jalur.node.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.agreement.ladder.Climb;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.agreement.ladder.Plan;
import org.jalur.agreement.ladder.Standing;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All that the ladders of notices go by: the rule of the version that a notice cites, and what
 * happened, each at the time of the receiver's receipt.
 */
@Component
class Histories {
    private final JdbcClient jdbc;
    private final Agreements agreements;
    private final Channels channels;
    private final LadderActs acts;
    private final boolean authority;

    Histories(
            JdbcClient jdbc,
            Agreements agreements,
            Channels channels,
            LadderActs acts,
            Register register) {
        this.jdbc = jdbc;
        this.agreements = agreements;
        this.channels = channels;
        this.acts = acts;
        this.authority = register.isAuthority();
    }

    /**
     * @param notice its id, on both sides
     * @param row of this side's own: the notice, or the case that it opened
     * @param message row of the notice's message
     * @param ladder empty if the version has none for unanswered notices
     */
    record History(
            UUID notice,
            UUID row,
            Channel channel,
            Hash agreement,
            long message,
            Optional<Ladder> ladder,
            ClockRule rule,
            List<Event> messages,
            List<LadderActs.Row> acts) {
        History {
            messages = List.copyOf(messages);
            acts = List.copyOf(acts);
        }

        /** The same on both nodes, from the same messages. */
        Optional<Standing> standing(Instant now) {
            return ladder.map(one -> Climb.of(one, rule, messages, events(), now));
        }

        Optional<Plan> plan(Instant now) {
            return ladder.map(one -> Plan.of(one, rule, messages, events(), now));
        }

        /** Of a notice that was received just now; empty if nothing will ever come. */
        Optional<Instant> firstLook(Instant receivedAt) {
            return ladder.map(one ->
                    Plan.of(
                                    one,
                                    rule,
                                    List.of(new Event.Received(receivedAt)),
                                    List.of(),
                                    receivedAt)
                            .lookAt()
                            .orElse(receivedAt));
        }

        boolean isReceived() {
            return messages.stream().anyMatch(Event.Received.class::isInstance);
        }

        private List<LadderEvent> events() {
            return acts.stream().flatMap(act -> act.event().stream()).toList();
        }
    }

    /** What stands in the row of a notice or case. */
    private record Row(
            UUID notice,
            UUID row,
            int channel,
            Hash agreement,
            String category,
            NoticeKind kind,
            Urgency urgency,
            boolean closed,
            int items,
            long message,
            Optional<Instant> receivedAt) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("notice", UUID.class),
                    row.getObject("id", UUID.class),
                    row.getInt("channel"),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("category"),
                    NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)),
                    row.getString("state").equals("closed"),
                    row.getInt("item_count"),
                    row.getLong("message"),
                    time(row, "received_at"));
        }
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /** Empty where no such notice was sent, or taken up. */
    Optional<History> of(int channel, UUID notice) {
        return histories(rows("channel = :channel and", Set.of(notice), Optional.of(channel)))
                .stream()
                .findFirst();
    }

    /** Of notices that this side sent; those of before agreements had ladders are left out. */
    List<History> ofSent(Collection<UUID> notices) {
        return histories(rows("", notices, Optional.empty()));
    }

    private List<Row> rows(String condition, Collection<UUID> notices, Optional<Integer> channel) {
        var query =
                jdbc.sql(
                                """
                                select %s as notice, id, channel, agreement, category, kind, urgency, state, item_count,
                                    message, received_at
                                from %s where %s %1$s = any(:notices) and message is not null and agreement is not null
                                """
                                        .formatted(
                                                authority ? "id" : "notice_id",
                                                authority ? "notices" : "cases",
                                                condition))
                        .param("notices", notices.toArray(UUID[]::new));
        channel.ifPresent(one -> query.param("channel", one));
        return query.query(Row::from).list();
    }

    private List<History> histories(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Event>> events = new HashMap<>();
        rows.forEach(row -> events.put(row.row(), new ArrayList<>()));
        addReceipts(rows, events);
        addSaid(rows, events);
        addStops(rows, events);
        addDecided(rows, events);
        Set<Integer> ids = rows.stream().map(Row::channel).collect(Collectors.toSet());
        Map<UUID, List<LadderActs.Row>> done =
                acts.of(ids, Silence.NOTICE, rows.stream().map(Row::notice).toList());
        Map<Key, Agreement> versions = new HashMap<>();
        return rows.stream()
                .map(row -> {
                    Channel channel = channels.byId(row.channel());
                    Agreement agreement =
                            versions.computeIfAbsent(
                                    new Key(row.channel(), row.agreement()),
                                    key -> agreements.of(channel, key.agreement()).agreement());
                    return new History(
                            row.notice(),
                            row.row(),
                            channel,
                            row.agreement(),
                            row.message(),
                            agreement.ladder(Silence.NOTICE),
                            ClockRule.forNotice(
                                    agreement, row.category(), row.kind(), row.urgency()),
                            of(events, row),
                            done.getOrDefault(row.notice(), List.of()));
                })
                .toList();
    }

    private record Key(int channel, Hash agreement) {}

    private static List<Event> of(Map<UUID, List<Event>> events, Row row) {
        return Objects.requireNonNull(events.get(row.row()));
    }

    private static void add(Map<UUID, List<Event>> events, @Nullable UUID row, Event event) {
        Objects.requireNonNull(events.get(row)).add(event);
    }

    /** The receipt of each notice; while there is none, the entry that a vain try was journaled. */
    private void addReceipts(List<Row> rows, Map<UUID, List<Event>> events) {
        Map<Long, UUID> waiting = new HashMap<>();
        for (Row row : rows) {
            row.receivedAt()
                    .ifPresentOrElse(
                            at -> add(events, row.row(), new Event.Received(at)),
                            () -> waiting.put(row.message(), row.row()));
        }
        if (!waiting.isEmpty()) {
            jdbc.sql(
                            """
                            select messages.id, min(entry.recorded_at) as at from messages
                            join journal_entries entry on entry.digest = messages.digest and entry.kind = 'tendered'
                            where messages.id = any(:messages) group by messages.id
                            """)
                    .param("messages", waiting.keySet().toArray(Long[]::new))
                    .query(row -> {
                        add(
                                events,
                                waiting.get(row.getLong("id")),
                                new Event.Tendered(time(row, "at").orElseThrow()));
                    });
        }
    }

    /**
     * That it was opened, withdrawn, or not taken up: of the refusals only that of the notice
     * itself, which opened no case.
     */
    private void addSaid(List<Row> rows, Map<UUID, List<Event>> events) {
        Map<UUID, UUID> own = new HashMap<>();
        rows.forEach(row -> own.put(row.notice(), row.row()));
        jdbc.sql(
                        """
                        select about, kind,
                            case direction when 'in' then messages.recorded_at else receipts.received_at end as at
                        from messages left join receipts on receipts.message = messages.id
                        where channel = any(:channels) and about = any(:notices)
                            and (kind, direction) in (('acknowledgement', :platform), ('refusal', :platform),
                                ('withdrawal', :authority))
                            and (kind <> 'refusal' or exists (
                                select 1 from notices where notices.id = about and notices.state = 'refused'))
                        """)
                .param(
                        "channels",
                        rows.stream().map(Row::channel).distinct().toArray(Integer[]::new))
                .param("notices", rows.stream().map(Row::notice).toArray(UUID[]::new))
                .param("platform", authority ? "in" : "out")
                .param("authority", authority ? "out" : "in")
                .query(row -> {
                    UUID of = own.get(row.getObject("about", UUID.class));
                    String kind = row.getString("kind");
                    time(row, "at")
                            .ifPresent(at ->
                                    add(
                                            events,
                                            of,
                                            switch (kind) {
                                                case "acknowledgement" ->
                                                        new Event.Acknowledged(at);
                                                case "withdrawal" -> new Event.Withdrawn(at);
                                                case "refusal" -> new Event.Decided(at);
                                                default ->
                                                        throw new IllegalStateException(
                                                                "not asked for: " + kind);
                                            }));
                });
    }

    private void addStops(List<Row> rows, Map<UUID, List<Event>> events) {
        jdbc.sql("select subject, event, at from clock_stops where subject = any(:rows)")
                .param("rows", rows.stream().map(Row::row).toArray(UUID[]::new))
                .query(row -> {
                    Instant at = time(row, "at").orElseThrow();
                    String event = row.getString("event");
                    add(
                            events,
                            row.getObject("subject", UUID.class),
                            switch (event) {
                                case "asked" -> new Event.Asked(at);
                                case "answered" -> new Event.Answered(at);
                                case "hindered" -> new Event.Hindered(at);
                                case "unhindered" -> new Event.Unhindered(at);
                                default ->
                                        throw new IllegalStateException(
                                                "an unknown event of a clock: " + event);
                            });
                });
    }

    /** Answered when the last item got its first final decision, by the receipt of that message. */
    private void addDecided(List<Row> rows, Map<UUID, List<Event>> events) {
        Map<UUID, Integer> closed = new HashMap<>();
        rows.stream().filter(Row::closed).forEach(row -> closed.put(row.row(), row.items()));
        if (closed.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        select subject, count(at) as items, max(at) as at from (
                            select subject, no, min(case direction
                                when 'in' then messages.recorded_at else receipts.received_at end) as at
                            from decisions join messages on messages.id = decisions.message
                            left join receipts on receipts.message = messages.id
                            where subject = any(:rows) and outcome not in ('clarification', 'impossible')
                            group by subject, no) as first
                        group by subject
                        """)
                .param("rows", closed.keySet().toArray(UUID[]::new))
                .query(row -> {
                    UUID subject = row.getObject("subject", UUID.class);
                    if (row.getInt("items") >= Objects.requireNonNull(closed.get(subject))) {
                        add(events, subject, new Event.Decided(time(row, "at").orElseThrow()));
                    }
                });
    }
}
