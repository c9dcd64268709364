package org.jalur.node.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.notifications.Kind;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices that wait for an answer: what happened, each at the time of the receiver's receipt. */
@Component
class SilentNotices implements LadderSubjects {
    private final JdbcClient jdbc;
    private final Agreements agreements;
    private final Channels channels;
    private final boolean authority;
    private final Clock clock;

    SilentNotices(
            JdbcClient jdbc,
            Agreements agreements,
            Channels channels,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.agreements = agreements;
        this.channels = channels;
        this.authority = register.isAuthority();
        this.clock = clock;
    }

    /** What stands in the row of a notice or case. */
    private record Row(
            UUID notice,
            UUID row,
            int channel,
            Hash agreement,
            String reference,
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
                    row.getString("reference"),
                    row.getString("category"),
                    NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)),
                    row.getString("state").equals("closed"),
                    row.getInt("item_count"),
                    row.getLong("message"),
                    Ladders.time(row, "received_at"));
        }
    }

    @Override
    public Silence about() {
        return Silence.NOTICE;
    }

    @Override
    public List<SubjectKey> on(UUID page) {
        return jdbc.sql(
                        authority
                                ? "select channel, id as notice from notices where id = :id and message is not null"
                                : "select channel, notice_id as notice from cases where id = :id")
                .param("id", page)
                .query((row, _) ->
                        new SubjectKey(row.getInt("channel"), row.getObject("notice", UUID.class)))
                .list();
    }

    /** Notices from before there were ladders here, and those of a database that came back. */
    @Override
    public int takeUp() {
        return authority ? takeUp("notices.received_at is not null") : 0;
    }

    /** While nothing was received, the sender's ladder runs from the first vain try. */
    @Scheduled(fixedDelayString = "${jalur.escalation.again:" + EscalationSettings.USUAL + "}")
    void takeUpUndelivered() {
        if (authority) {
            takeUp("notices.message in (select message from outbox)");
        }
    }

    private int takeUp(String which) {
        return jdbc.sql(
                        """
                        insert into open_ladders (channel, about, subject, look_at)
                        select channel, 'notice', id, :now from notices
                        where state = 'sent' and agreement is not null and %s
                            and not exists (select 1 from open_ladders where subject = notices.id and about = 'notice')
                        on conflict do nothing
                        """
                                .formatted(which))
                .param("now", Ladders.at(clock.instant()))
                .update();
    }

    @Override
    public Kind call() {
        return Kind.LADDER_CALL;
    }

    /** The platform's people know that the case is overdue. */
    @Override
    public Optional<Kind> step() {
        return Optional.empty();
    }

    /** Those of before agreements had ladders are left out. */
    @Override
    public List<Subject> of(Collection<SubjectKey> keys) {
        List<Row> rows =
                jdbc
                        .sql(
                                """
                                select %s as notice, id, channel, agreement, reference, category, kind, urgency, state,
                                    item_count, message, received_at
                                from %s where channel = any(:channels) and %1$s = any(:notices)
                                    and message is not null and agreement is not null
                                """
                                        .formatted(
                                                authority ? "id" : "notice_id",
                                                authority ? "notices" : "cases"))
                        .param(
                                "channels",
                                keys.stream()
                                        .map(SubjectKey::channel)
                                        .distinct()
                                        .toArray(Integer[]::new))
                        .param(
                                "notices",
                                keys.stream().map(SubjectKey::subject).toArray(UUID[]::new))
                        .query(Row::from)
                        .list()
                        .stream()
                        .filter(row -> keys.contains(new SubjectKey(row.channel(), row.notice())))
                        .toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Event>> events = new HashMap<>();
        rows.forEach(row -> events.put(row.row(), new ArrayList<>()));
        addReceipts(rows, events);
        addSaid(rows, events);
        addStops(rows, events);
        addDecided(rows, events);
        Map<Version, Agreement> versions = new HashMap<>();
        return rows.stream()
                .map(row -> {
                    Channel channel = channels.byId(row.channel());
                    Agreement agreement =
                            versions.computeIfAbsent(
                                    new Version(row.channel(), row.agreement()),
                                    key -> agreements.of(channel, key.agreement()).agreement());
                    return new Subject(
                            row.notice(),
                            row.row(),
                            channel,
                            row.reference(),
                            row.agreement(),
                            agreement,
                            row.message(),
                            ClockRule.forNotice(
                                    agreement, row.category(), row.kind(), row.urgency()),
                            of(events, row));
                })
                .toList();
    }

    private record Version(int channel, Hash agreement) {}

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
                                new Event.Tendered(Ladders.time(row, "at").orElseThrow()));
                    });
        }
    }

    /** That it was opened, withdrawn, or not taken up. */
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
                    Ladders.time(row, "at")
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
                    Instant at = Ladders.time(row, "at").orElseThrow();
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
                        add(
                                events,
                                subject,
                                new Event.Decided(Ladders.time(row, "at").orElseThrow()));
                    }
                });
    }
}
