package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.contacts.CallBack;
import org.jalur.contacts.Entry;
import org.jalur.contacts.EntryRule;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.Emergencies.Emergency;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls to an organisation about its emergency: recorded by the platform, confirmed or denied by
 * the authority.
 */
@Component
class CallBacks {
    private final JdbcClient jdbc;
    private final Emergencies emergencies;
    private final RegisterVersions versions;
    private final Exchange exchange;
    private final PartStore parts;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    CallBacks(
            JdbcClient jdbc,
            Emergencies emergencies,
            RegisterVersions versions,
            Exchange exchange,
            PartStore parts,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.emergencies = emergencies;
        this.versions = versions;
        this.exchange = exchange;
        this.parts = parts;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** A number of the register that may be called. */
    record Registered(UUID entry, String title, Phones.Phone phone) {
        /** As a form names it. */
        public String value() {
            return entry + " " + phone.e164();
        }
    }

    Emergency emergency(UUID subject) {
        return emergencies
                .of(subject)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "no-emergency",
                                "%s claims no emergency, or is not there; only emergencies are called back."
                                        .formatted(subject)));
    }

    /**
     * Numbers of the organisation and its people that the register has now and had when the notice
     * came: whoever could file in its name could also register a number afterwards.
     */
    List<Registered> numbers(Emergency emergency) {
        Channel channel = emergency.channel();
        List<Registered> then =
                versions.at(channel, Direction.IN, emergency.claimedAt())
                        .map(message -> numbers(versions.entries(channel, message), emergency))
                        .orElse(List.of());
        List<String> now =
                numbers(versions.current(channel, Direction.IN), emergency).stream()
                        .map(Registered::value)
                        .toList();
        return then.stream().filter(one -> now.contains(one.value())).toList();
    }

    private List<Registered> numbers(List<Entry> register, Emergency emergency) {
        List<UUID> organisations =
                register.stream()
                        .filter(Entry.Organisation.class::isInstance)
                        .filter(one -> one.title().equalsIgnoreCase(emergency.organisation()))
                        .map(Entry::id)
                        .toList();
        return register.stream()
                .filter(one -> one.standing().holds(clock.instant()))
                .filter(one -> organisation(one).filter(organisations::contains).isPresent())
                .flatMap(one ->
                        RegisterViews.phones(one).stream()
                                .map(number ->
                                        new Registered(
                                                one.id(), one.title(), Phones.Phone.of(number))))
                .toList();
    }

    private static Optional<UUID> organisation(Entry entry) {
        return switch (entry) {
            case Entry.Organisation one -> Optional.of(one.id());
            case Entry.Contact one -> Optional.of(one.organisation());
            case Entry.Representative one -> Optional.of(one.organisation());
            case Entry.Server _, Entry.Domain _ -> Optional.empty();
        };
    }

    /**
     * What a reviewer says about a call.
     *
     * @param number as {@link Registered#value()}
     */
    record Call(String number, String spokeWith, Instant calledAt, CallBack.Outcome outcome) {}

    /**
     * @throws InvalidEntryException if the number is none of the register, or the time is not
     *     between the claim and now
     */
    @Transactional
    public void record(UUID subject, Call call, Caller reviewer) {
        Emergency emergency = emergency(subject);
        if (emergency.state().equals("confirmed")) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "emergency-confirmed",
                    "The emergency is confirmed already; no further call is needed.");
        }
        Registered called =
                numbers(emergency).stream()
                        .filter(one -> one.value().equals(call.number()))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidEntryException(
                                        "callNumber", EntryRule.UNKNOWN, call.number()));
        if (call.calledAt().isAfter(clock.instant())
                || call.calledAt()
                        .isBefore(emergency.claimedAt().truncatedTo(ChronoUnit.MINUTES))) {
            throw new InvalidEntryException("callDay", EntryRule.FUTURE, call.calledAt());
        }
        var facts = new CallBack.Facts(call.outcome(), call.calledAt(), reviewer.role().wire());
        Part said =
                Parts.json(
                        "call-back",
                        new CallBack(
                                called.entry(),
                                called.phone().e164(),
                                call.spokeWith(),
                                reviewer.pseudonym()));
        timeline.add(subject, "called", reviewer.role().wire(), null);
        hear(emergency, call.outcome());
        UUID id = UUID.randomUUID();
        SentMessage sent =
                exchange.send(
                        emergency.channel(),
                        new Exchange.Draft(
                                id,
                                MessageKind.CALL_BACK,
                                Optional.of(emergency.notice()),
                                Optional.empty(),
                                List.of(Parts.json("call-back-facts", facts), said)));
        keep(emergency, id, sent.row(), facts, said.leaf());
        notifications.settled(subject, Kind.CALL_BACK_WAITING);
    }

    void keep(Emergency emergency, UUID id, long message, CallBack.Facts facts, Hash leaf) {
        jdbc.sql(
                        """
                        insert into call_backs (message, subject, id, outcome, called_at, role, leaf)
                        values (:message, :subject, :id, :outcome, :calledAt, :role, :leaf)
                        """)
                .param("message", message)
                .param("subject", emergency.subject())
                .param("id", id)
                .param("outcome", facts.outcome().wire())
                .param("calledAt", facts.calledAt().atOffset(ZoneOffset.UTC))
                .param("role", facts.role())
                .param("leaf", leaf.bytes())
                .update();
    }

    /** The authority's people say whether that was theirs. */
    void tell(UUID notice, Instant receivedAt) {
        notifications.tell(
                Event.of(
                                Kind.CALL_BACK,
                                notice,
                                receivedAt,
                                jdbc.sql("select reference from notices where id = :id")
                                        .param("id", notice)
                                        .query(String.class)
                                        .single())
                        .asEmergency(true));
    }

    /** An organisation that knows nothing of it needs no answer to count. */
    void hear(Emergency emergency, CallBack.Outcome outcome) {
        if (outcome == CallBack.Outcome.DENIED) {
            emergencies.deny(emergency.subject());
        }
    }

    /** The authority says whether the call was theirs and went as the platform recorded it. */
    @Transactional
    public void answer(UUID subject, long callBack, boolean confirmed, Caller officer) {
        Emergency emergency = emergency(subject);
        View asked =
                of(emergency).stream()
                        .filter(one -> one.no() == callBack)
                        .findFirst()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-call-back",
                                        "The platform recorded no call %d about this notice."
                                                .formatted(callBack)));
        jdbc.sql("select 1 from call_backs where message = :message for no key update")
                .param("message", callBack)
                .query(Integer.class)
                .single();
        if (answerTo(callBack).isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "call-back-answered",
                    "Somebody has said already whether this call took place.");
        }
        var answer =
                new CallBack.Answer(
                        asked.id(),
                        confirmed,
                        officer.role().wire(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        timeline.add(subject, confirmed ? "agreed" : "disputed", officer.role().wire(), null);
        SentMessage sent =
                exchange.send(
                        emergency.channel(),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.CALL_BACK_ANSWER,
                                Optional.of(emergency.notice()),
                                Optional.empty(),
                                List.of(Parts.json("call-back-answer", answer))));
        keep(callBack, answer, sent.row());
        notifications.settled(subject, Kind.CALL_BACK);
    }

    private Optional<Boolean> answerTo(long callBack) {
        return jdbc.sql("select confirmed from call_back_answers where call_back = :callBack")
                .param("callBack", callBack)
                .query(Boolean.class)
                .optional();
    }

    /** The first answer counts. */
    void keep(long callBack, CallBack.Answer answer, long message) {
        jdbc.sql(
                        """
                        insert into call_back_answers (call_back, message, confirmed, role, answered_at)
                        values (:callBack, :message, :confirmed, :role, :at) on conflict (call_back) do nothing
                        """)
                .param("callBack", callBack)
                .param("message", message)
                .param("confirmed", answer.confirmed())
                .param("role", answer.role())
                .param("at", answer.answeredAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A node of an older version takes no call-backs. */
    void refused(Emergency emergency, String reason) {
        jdbc.sql(
                        """
                        update call_backs set refusal = :reason where subject = :subject and refusal = ''
                            and not exists (select 1 from call_back_answers where call_back = call_backs.message)
                        """)
                .param("reason", reason)
                .param("subject", emergency.subject())
                .update();
    }

    private record Settled(UUID subject, String outcome, boolean confirmed) {}

    /**
     * What follows from an answer once the platform has it.
     *
     * @param message of the answer
     * @param at when the platform received it
     */
    void settle(long message, Instant at) {
        jdbc.sql(
                        """
                        select subject, outcome, confirmed from call_back_answers
                        join call_backs on call_backs.message = call_back where call_back_answers.message = :message
                        """)
                .param("message", message)
                .query((row, _) ->
                        new Settled(
                                row.getObject("subject", UUID.class),
                                row.getString("outcome"),
                                row.getBoolean("confirmed")))
                .optional()
                .ifPresent(one -> {
                    if (!one.confirmed()) {
                        emergencies.deny(one.subject());
                    } else if (one.outcome().equals(CallBack.Outcome.CONFIRMED.wire())) {
                        emergencies.confirm(one.subject(), at);
                    }
                });
    }

    /**
     * One call as people read it.
     *
     * @param no row of its message
     * @param said number and names; absent once they were erased
     * @param answer what the authority said; absent until it did
     * @param refusal why its node did not take the call up; empty where it did
     */
    record View(
            long no,
            UUID id,
            String outcome,
            Instant calledAt,
            String role,
            Optional<CallBack> said,
            Optional<Phones.Phone> phone,
            Optional<Answered> answer,
            String refusal) {}

    record Answered(boolean confirmed, String role, Instant at) {}

    private record Row(
            long no,
            UUID id,
            String outcome,
            Instant calledAt,
            String role,
            Hash leaf,
            Optional<Answered> answer,
            String refusal) {
        static Row from(ResultSet row, int number) throws SQLException {
            Optional<Instant> answeredAt = Drills.time(row, "answered_at");
            boolean confirmed = row.getBoolean("confirmed");
            String role = row.getString("answer_role");
            return new Row(
                    row.getLong("message"),
                    row.getObject("id", UUID.class),
                    row.getString("outcome"),
                    row.getObject("called_at", OffsetDateTime.class).toInstant(),
                    row.getString("role"),
                    Hash.of(row.getBytes("leaf")),
                    answeredAt.map(at -> new Answered(confirmed, role, at)),
                    row.getString("refusal"));
        }
    }

    /** Newest first. */
    List<View> of(Emergency emergency) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select call_backs.message, id, outcome, called_at, call_backs.role, leaf, refusal, confirmed,
                                    answered_at, coalesce(call_back_answers.role, '') as answer_role
                                from call_backs left join call_back_answers on call_back = call_backs.message
                                where subject = :subject order by call_backs.message desc
                                """)
                        .param("subject", emergency.subject())
                        .query(Row::from)
                        .list();
        Map<Hash, Part> opened =
                parts.open(emergency.channel(), rows.stream().map(Row::leaf).toList());
        return rows.stream()
                .map(row -> {
                    Optional<CallBack> said =
                            Optional.ofNullable(opened.get(row.leaf()))
                                    .map(part -> Parts.read(part, CallBack.class));
                    return new View(
                            row.no(),
                            row.id(),
                            row.outcome(),
                            row.calledAt(),
                            row.role(),
                            said,
                            said.map(one -> Phones.Phone.of(one.number())),
                            row.answer(),
                            row.refusal());
                })
                .toList();
    }
}
