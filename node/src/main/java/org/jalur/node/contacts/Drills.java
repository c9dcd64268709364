package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.contacts.Drill;
import org.jalur.contacts.Entry;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries the other side's contacts out, and answers for the own when the other side does. */
@Component
class Drills {
    /** After so long a drill that found nobody to ask is tried again. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Exchange exchange;
    private final RegisterVersions versions;
    private final OwnRegister own;
    private final Notifications notifications;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Drills(
            JdbcClient jdbc,
            Channels channels,
            Exchange exchange,
            RegisterVersions versions,
            OwnRegister own,
            Notifications notifications,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.exchange = exchange;
        this.versions = versions;
        this.own = own;
        this.notifications = notifications;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * When drills begin.
     *
     * @param everyDays 0 for once
     * @param hours time to answer
     * @param problem why the last could not begin; empty if nothing is wrong
     */
    record Schedule(
            UUID id, Channel channel, Instant nextAt, int everyDays, int hours, String problem) {
        Instant after(Instant now) {
            long days = 1 + Duration.between(nextAt, now).toDays() / everyDays;
            return nextAt.plus(Duration.ofDays(days * everyDays));
        }
    }

    List<Schedule> schedules() {
        return jdbc.sql("select * from drill_schedules order by next_at, id")
                .query(this::schedule)
                .list();
    }

    private Schedule schedule(ResultSet row, int number) throws SQLException {
        return new Schedule(
                row.getObject("id", UUID.class),
                channels.byId(row.getInt("channel")),
                row.getObject("next_at", OffsetDateTime.class).toInstant(),
                row.getInt("every_days"),
                row.getInt("hours"),
                row.getString("problem"));
    }

    @Transactional
    public void schedule(Channel channel, Instant at, int everyDays, int hours) {
        jdbc.sql(
                        """
                        insert into drill_schedules (id, channel, next_at, every_days, hours)
                        values (:id, :channel, :at, :days, :hours)
                        """)
                .param("id", UUID.randomUUID())
                .param("channel", channel.id())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("days", everyDays)
                .param("hours", hours)
                .update();
    }

    @Transactional
    public void unschedule(UUID id) {
        if (jdbc.sql("delete from drill_schedules where id = :id").param("id", id).update() == 0) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-drill",
                    "No drill %s is planned; it may have begun.".formatted(id));
        }
    }

    @Scheduled(fixedDelay = 5_000)
    void startDue() {
        while (Boolean.TRUE.equals(transactions.execute(_ -> startNext()))) {
            // The next one.
        }
    }

    /** Of several processes one gets a schedule, and moves it on with what it sends. */
    private boolean startNext() {
        Instant now = now();
        Optional<Schedule> due =
                jdbc.sql(
                                """
                                select * from drill_schedules where next_at <= :now
                                order by next_at limit 1 for no key update skip locked
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .query(this::schedule)
                        .optional();
        due.ifPresent(one -> start(one, now));
        return due.isPresent();
    }

    private void start(Schedule schedule, Instant now) {
        List<UUID> contacts =
                versions.current(schedule.channel(), Direction.IN).stream()
                        .filter(one -> one instanceof Entry.Contact && one.standing().holds(now))
                        .map(Entry::id)
                        .toList();
        if (contacts.isEmpty()) {
            move(schedule, now.plus(PATIENCE), "no-contacts");
            return;
        }
        if (schedule.everyDays() == 0) {
            jdbc.sql("delete from drill_schedules where id = :id")
                    .param("id", schedule.id())
                    .update();
        } else {
            move(schedule, schedule.after(now), "");
        }
        var drill = new Drill(now.plus(Duration.ofHours(schedule.hours())), contacts);
        UUID id = UUID.randomUUID();
        SentMessage sent =
                exchange.send(
                        schedule.channel(),
                        new Exchange.Draft(
                                id,
                                MessageKind.DRILL,
                                Optional.of(id),
                                Optional.empty(),
                                List.of(Parts.json("drill", drill))));
        record(schedule.channel(), Direction.OUT, id, sent.row(), sent.manifest().time(), drill);
    }

    private void move(Schedule schedule, Instant next, String problem) {
        jdbc.sql("update drill_schedules set next_at = :next, problem = :problem where id = :id")
                .param("next", next.atOffset(ZoneOffset.UTC))
                .param("problem", problem)
                .param("id", schedule.id())
                .update();
    }

    /**
     * @return its number here
     */
    long record(
            Channel channel,
            Direction direction,
            UUID id,
            long message,
            Instant sentAt,
            Drill drill) {
        long no =
                jdbc.sql(
                                """
                                insert into drills (channel, direction, id, message, sent_at, answer_by)
                                values (:channel, :direction, :id, :message, :sentAt, :answerBy) returning no
                                """)
                        .param("channel", channel.id())
                        .param("direction", direction.wire())
                        .param("id", id)
                        .param("message", message)
                        .param("sentAt", sentAt.atOffset(ZoneOffset.UTC))
                        .param("answerBy", drill.answerBy().atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single();
        jdbc.sql(
                        """
                        insert into drill_contacts (drill, contact)
                        select :drill, contact from unnest(:contacts::uuid[]) as new(contact)
                        """)
                .param("drill", no)
                .param("contacts", drill.contacts().toArray(UUID[]::new))
                .update();
        return no;
    }

    /** The number of a drill that was sent or received; empty if there is none of that id. */
    Optional<Long> no(Channel channel, Direction direction, UUID id) {
        return jdbc.sql(
                        """
                        select no from drills
                        where channel = :channel and direction = :direction and id = :id
                        """)
                .param("channel", channel.id())
                .param("direction", direction.wire())
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    private record Asked(Channel channel, UUID id, boolean answered) {}

    /**
     * Says that a contact of this side is there: by the contact's own account, or in the contact's
     * name by a colleague; the message says which.
     */
    @Transactional
    public void answer(long no, UUID contact, Caller caller) {
        Asked asked =
                jdbc.sql(
                                """
                                select channel, id, exists (select 1 from drill_answers
                                    where drill_answers.drill = no and drill_answers.contact = drill_contacts.contact) as answered
                                from drills join drill_contacts on drill = no
                                where no = :no and contact = :contact and direction = 'in'
                                for no key update of drill_contacts
                                """)
                        .param("no", no)
                        .param("contact", contact)
                        .query((row, _) ->
                                new Asked(
                                        channels.byId(row.getInt("channel")),
                                        row.getObject("id", UUID.class),
                                        row.getBoolean("answered")))
                        .optional()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-drill",
                                        "No drill %d asks for contact %s.".formatted(no, contact)));
        if (asked.answered()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "drill-answered",
                    "Somebody has answered for contact %s already.".formatted(contact));
        }
        boolean self = own.account(contact).equals(Optional.of(caller.account()));
        var answer =
                new Drill.Answer(
                        contact,
                        now(),
                        self ? Drill.By.CONTACT : Drill.By.COLLEAGUE,
                        caller.role().wire(),
                        caller.pseudonym());
        SentMessage sent =
                exchange.send(
                        asked.channel(),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.DRILL_ANSWER,
                                Optional.of(asked.id()),
                                Optional.empty(),
                                List.of(Parts.json("drill-answer", answer))));
        answered(no, answer, sent.row(), Optional.empty());
    }

    /**
     * The first answer for a contact counts.
     *
     * @param receivedAt by the receipt; empty while it is on its way
     */
    void answered(long no, Drill.Answer answer, long message, Optional<Instant> receivedAt) {
        jdbc.sql(
                        """
                        insert into drill_answers (drill, contact, message, answered_at, by, role, received_at)
                        values (:drill, :contact, :message, :answeredAt, :by, :role, :receivedAt)
                        on conflict (drill, contact) do nothing
                        """)
                .param("drill", no)
                .param("contact", answer.contact())
                .param("message", message)
                .param("answeredAt", answer.answeredAt().atOffset(ZoneOffset.UTC))
                .param("by", answer.by().wire())
                .param("role", answer.role())
                .param("receivedAt", receivedAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .update();
        if (isAnswered(no)) {
            notifications.settled(no, Kind.DRILL, Kind.DRILL_UNANSWERED);
        }
    }

    private boolean isAnswered(long no) {
        return jdbc.sql(
                        """
                        select not exists (select 1 from drill_contacts
                            where drill = :drill and not exists (select 1 from drill_answers
                                where drill_answers.drill = drill_contacts.drill and drill_answers.contact = drill_contacts.contact))
                        """)
                .param("drill", no)
                .query(Boolean.class)
                .single();
    }

    boolean asks(long no, UUID contact) {
        return jdbc.sql(
                                "select count(*) from drill_contacts where drill = :drill and contact = :contact")
                        .param("drill", no)
                        .param("contact", contact)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** What the newest drill of each contact of a peer showed. */
    Map<UUID, String> lastResults(Channel channel) {
        Instant now = clock.instant();
        Map<UUID, String> results = new HashMap<>();
        jdbc.sql(
                        """
                        select distinct on (drill_contacts.contact) drill_contacts.contact, answer_by, received_at
                        from drills join drill_contacts on drill = no
                        left join drill_answers on drill_answers.drill = no and drill_answers.contact = drill_contacts.contact
                        where channel = :channel and direction = 'out'
                        order by drill_contacts.contact, sent_at desc
                        """)
                .param("channel", channel.id())
                .query((ResultSet row) -> {
                    results.put(
                            row.getObject("contact", UUID.class),
                            Drill.Result.of(
                                            row.getObject("answer_by", OffsetDateTime.class)
                                                    .toInstant(),
                                            time(row, "received_at"),
                                            now)
                                    .wire());
                });
        return results;
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
