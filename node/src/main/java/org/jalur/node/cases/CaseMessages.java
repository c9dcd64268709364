package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.check.Answer;
import org.jalur.agreement.check.Breach;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.agreement.Agreements.Citation;
import org.jalur.node.agreement.Filings;
import org.jalur.node.appeals.EndedAppeals;
import org.jalur.node.contacts.Emergencies;
import org.jalur.node.contacts.EmergencyListener;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.TurnParts;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Clocks;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.ItemMarks;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.NoticeParts;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.screening.Signatures;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;
import org.jalur.notice.Withdrawal;
import org.jalur.screening.url.Whereabouts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an authority's messages change: a case opens, is answered, or is withdrawn. */
@Component
class CaseMessages implements MessageHandler, DeliveryListener, EmergencyListener {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Agreements agreements;
    private final Filings filings;
    private final Channels channels;
    private final Exchange exchange;
    private final Unconfirmed unconfirmed;
    private final InterimRecords interims;
    private final EndedAppeals appeals;
    private final Enforcement enforcement;
    private final Signatures signatures;
    private final Clocks clocks;
    private final ItemMarks marks;
    private final Dialogue dialogue;
    private final Twins twins;
    private final Emergencies emergencies;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    CaseMessages(
            JdbcClient jdbc,
            PartStore parts,
            Agreements agreements,
            Filings filings,
            Channels channels,
            Exchange exchange,
            Unconfirmed unconfirmed,
            InterimRecords interims,
            EndedAppeals appeals,
            Enforcement enforcement,
            Signatures signatures,
            Clocks clocks,
            ItemMarks marks,
            Dialogue dialogue,
            Twins twins,
            Emergencies emergencies,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.agreements = agreements;
        this.filings = filings;
        this.channels = channels;
        this.exchange = exchange;
        this.unconfirmed = unconfirmed;
        this.interims = interims;
        this.appeals = appeals;
        this.enforcement = enforcement;
        this.signatures = signatures;
        this.clocks = clocks;
        this.marks = marks;
        this.dialogue = dialogue;
        this.twins = twins;
        this.emergencies = emergencies;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** The columns that a message about a case needs; the row is locked. */
    private record Locked(
            UUID id,
            int channel,
            Hash agreement,
            String state,
            String category,
            NoticeKind kind,
            Urgency urgency,
            Instant receivedAt,
            Optional<Instant> acknowledgedAt) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getObject("id", UUID.class),
                    row.getInt("channel"),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("state"),
                    row.getString("category"),
                    NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)),
                    row.getObject("received_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("acknowledged_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.NOTICE, MessageKind.WITHDRAWAL, MessageKind.CLARIFICATION);
    }

    @Override
    public void handle(ReceivedMessage message) {
        Contents contents = parts.contents(message.channel(), message.leaves());
        switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
            case NOTICE -> open(message, NoticeParts.read(contents));
            case WITHDRAWAL -> withdraw(message, contents);
            case CLARIFICATION ->
                    clarify(message, TurnParts.readAnswer(message.manifest(), contents));
            case KEYS,
                    ACKNOWLEDGEMENT,
                    DECISION,
                    MEASURES,
                    REFUSAL,
                    ERASURE,
                    LIST,
                    REGISTER,
                    DRILL,
                    DRILL_ANSWER,
                    CALL_BACK,
                    CALL_BACK_ANSWER,
                    PROPOSAL,
                    COMMENT,
                    SIGNATURE,
                    TERMINATION,
                    ESCALATION,
                    INTERIM,
                    ACCESS_ORDER,
                    ACCESS_EVENT,
                    ACCESS_ANSWER,
                    QUESTION,
                    REMARK,
                    DECONFLICTION,
                    NON_DISCLOSURE,
                    APPEAL,
                    APPEAL_OUTCOME ->
                    throw new IllegalArgumentException(
                            "not a message for a case: " + message.manifest().kind());
        }
    }

    private void open(ReceivedMessage message, NoticeParts notice) {
        if (!message.manifest().about().equals(Optional.of(message.manifest().id()))) {
            exchange.refuse(
                    message,
                    new Refusal("protocol", "A notice is about itself: its message id is its id."));
            return;
        }
        switch (agreements.cited(message)) {
            case Citation.Broken(var refusal) -> exchange.refuse(message, refusal);
            case Citation.Binding(var signed) -> open(message, notice, signed);
        }
    }

    /** What the agreement does not cover is receipted, and answered with the clause it breaks. */
    private void open(ReceivedMessage message, NoticeParts notice, Agreements.Signed signed) {
        if (!message.again()) {
            // What comes back was taken up then.
            Answer answer =
                    filings.ask(
                            message.channel(),
                            signed.agreement(),
                            notice.facts(),
                            notice.reasons()
                                    .orElseThrow(() ->
                                            new MalformedMessageException(
                                                    "a notice without its reasons")),
                            notice.items().stream().flatMap(one -> one.item().stream()).toList(),
                            message.receivedAt());
            switch (answer) {
                case Answer.Covered _ -> {}
                case Answer.Refused(var breaches) -> {
                    exchange.refuse(
                            message,
                            new Refusal(
                                    breaches.getFirst().clause(),
                                    breaches.stream()
                                            .map(Breach::sentence)
                                            .collect(Collectors.joining("; "))));
                    return;
                }
            }
        }
        filings.count(message.channel(), signed.agreement(), notice.facts(), message.receivedAt());
        NoticeFacts facts = notice.facts();
        UUID id = UUID.randomUUID();
        Instant due =
                Clocks.due(ClockRule.forNotice(signed.agreement(), facts), message.receivedAt());
        jdbc.sql(
                        """
                        insert into cases (id, channel, notice_id, message, state, kind, urgency, category, reference,
                            organisation, item_count, undecided, agreement, facts_leaf, reasons_leaf, tell_from,
                            received_at, due_at, changed_at)
                        values (:id, :channel, :notice, :message, 'open', :kind, :urgency, :category, :reference,
                            :organisation, :items, :items, :agreement, :facts, :reasons, :tellFrom,
                            :receivedAt, :dueAt, :receivedAt)
                        """)
                .param("id", id)
                .param("channel", message.channel().id())
                .param("notice", message.manifest().id())
                .param("message", message.row())
                .param("kind", wire(facts.kind()))
                .param("urgency", wire(facts.urgency()))
                .param("category", facts.category())
                .param("reference", facts.reference())
                .param("organisation", facts.organisation())
                .param("items", facts.itemCount())
                .param("agreement", signed.digest().bytes())
                .param("facts", notice.factsLeaf().bytes())
                .param("reasons", notice.reasonsLeaf().bytes())
                .param("tellFrom", facts.nonDisclosure().map(one -> at(one.until())).orElse(null))
                .param("receivedAt", at(message.receivedAt()))
                .param("dueAt", at(due))
                .update();
        if (facts.kind() == NoticeKind.EMERGENCY) {
            emergencies.claim(
                    id,
                    message.channel(),
                    message.manifest().id(),
                    facts.organisation(),
                    message.receivedAt());
        }
        List<NoticeParts.ItemPart> items = notice.items();
        jdbc.sql(
                        """
                        insert into case_items (case_id, no, kind, leaf, place, address)
                        select :case, no, kind, leaf, place, address
                        from unnest(:numbers::int[], :kinds::text[], :leaves::bytea[], :places::bytea[],
                            :addresses::bytea[]) as new(no, kind, leaf, place, address)
                        """)
                .param("case", id)
                .param(
                        "numbers",
                        items.stream().map(one -> one.facts().no()).toArray(Integer[]::new))
                .param(
                        "kinds",
                        items.stream().map(one -> wire(one.facts().kind())).toArray(String[]::new))
                .param(
                        "leaves",
                        items.stream().map(one -> one.leaf().bytes()).toArray(byte[][]::new))
                .param(
                        "places",
                        items.stream()
                                .map(one ->
                                        one.item().map(item -> Place.of(item).bytes()).orElse(null))
                                .toArray(byte[][]::new))
                .param(
                        "addresses",
                        items.stream()
                                .map(one ->
                                        one.item()
                                                .map(item ->
                                                        Whereabouts.address(item.url()).bytes())
                                                .orElse(null))
                                .toArray(byte[][]::new))
                .update();
        marks.add(message.channel(), message.manifest().id(), message.manifest().seq(), items);
        twins.keep(id, items);
        timeline.add(
                id, "opened", null, "%d items".formatted(facts.itemCount()), message.receivedAt());
        boolean emergency = facts.kind() == NoticeKind.EMERGENCY;
        if (!message.again() && (emergency || facts.urgency() == Urgency.URGENT)) {
            notifications.tell(
                    Event.of(Kind.CASE_NEW, id, message.receivedAt(), facts.reference())
                            .due(due)
                            .asEmergency(emergency));
        }
    }

    private void withdraw(ReceivedMessage message, Contents contents) {
        Locked one = lock(message);
        contents.only().ifPresent(part -> Parts.read(part, Withdrawal.class));
        if (one.state().equals("withdrawn")) {
            return;
        }
        int restored = enforcement.restore(one.id());
        signatures.suspend(one.id());
        unconfirmed.forget(one.id(), clock.instant());
        interims.endAll(one.id(), InterimRecords.Ending.WITHDRAWN, clock.instant());
        appeals.withdrawn(one.id(), message.receivedAt());
        jdbc.sql(
                        """
                        update cases set state = 'withdrawn', claimed_by = null, claimed_at = null,
                            claimed_until = null, closed_at = coalesce(closed_at, :at), changed_at = :now
                        where id = :id
                        """)
                .param("at", at(message.receivedAt()))
                .param("now", at(clock.instant()))
                .param("id", one.id())
                .update();
        timeline.add(
                one.id(),
                "withdrawn",
                null,
                "%d restored".formatted(restored),
                message.receivedAt());
        notifications.settled(
                one.id(),
                Kind.CASE_NEW,
                Kind.CASE_DUE_SOON,
                Kind.CASE_OVERDUE,
                Kind.ANSWER,
                Kind.CONFIRMATION,
                Kind.SENT_BACK,
                Kind.CALL_BACK_WAITING);
    }

    private void clarify(ReceivedMessage message, TurnParts said) {
        Locked one = lock(message);
        said.facts()
                .question()
                .filter(question -> !dialogue.isQuestion(one.id(), question))
                .ifPresent(question -> {
                    throw new MalformedMessageException(
                            "nothing was asked by message %s".formatted(question));
                });
        if (!message.again() && dialogue.isTooMuch(one.id(), message.receivedAt())) {
            exchange.refuse(
                    message, new Refusal(Refusal.DIALOGUE, "Too much was said within a day."));
            return;
        }
        dialogue.keep(message.row(), one.id(), MessageKind.CLARIFICATION, said, List.of());
        int answered = dialogue.reopen(ItemStates.Of.CASE, one.id());
        clocks.answered(message.row(), one.id(), message.receivedAt());
        setClock(one);
        jdbc.sql(
                        """
                        update cases set changed_at = :now,
                            state = case when state = 'waiting' and exists (
                                    select 1 from case_items where case_id = :id and state = 'open')
                                then 'open' else state end
                        where id = :id
                        """)
                .param("now", at(clock.instant()))
                .param("id", one.id())
                .update();
        timeline.add(
                one.id(), "clarified", null, "%d items".formatted(answered), message.receivedAt());
        if (!message.again()) {
            tellOfAnswer(one.id(), message.receivedAt());
        }
    }

    /** Whoever has the case is told; all reviewers where nobody has. */
    private void tellOfAnswer(UUID id, Instant receivedAt) {
        notifications.tell(
                jdbc.sql("select reference, claimed_by from cases where id = :id")
                        .param("id", id)
                        .query((row, _) ->
                                Event.of(Kind.ANSWER, id, receivedAt, row.getString("reference"))
                                        .onlyFor(
                                                Optional.ofNullable(
                                                        row.getObject("claimed_by", UUID.class))))
                        .single());
    }

    /** The clock stops when the authority has received the question, by its receipt. */
    @Override
    public void delivered(List<Delivered> messages) {
        for (Delivered one : messages) {
            String kind = one.message().manifest().kind();
            if (kind.equals(MessageKind.DECISION.wire())) {
                decided(one.message(), one.receivedAt());
            } else if (kind.equals(MessageKind.QUESTION.wire())) {
                asked(one.message(), one.receivedAt());
            }
        }
    }

    private void asked(SentMessage message, Instant receivedAt) {
        Locked one = lock(message.channel().id(), message.manifest().about().orElseThrow());
        clocks.asked(message.row(), one.id(), receivedAt);
        setClock(one);
    }

    private void decided(SentMessage message, Instant receivedAt) {
        Locked one = lock(message.channel().id(), message.manifest().about().orElseThrow());
        if (clocks.decided(message.row(), one.id(), receivedAt)) {
            setClock(one);
        }
    }

    private void setClock(Locked one) {
        Agreement agreement =
                agreements.of(channels.byId(one.channel()), one.agreement()).agreement();
        clocks.show(
                Clocks.Of.CASE,
                one.id(),
                ClockRule.forNotice(agreement, one.category(), one.kind(), one.urgency()),
                one.receivedAt(),
                emergencies.confirmed(one.id(), agreement, one.category()));
    }

    /** A notice of this node's own is no case. */
    @Override
    public void confirmed(UUID subject) {
        jdbc.sql("select channel, notice_id from cases where id = :id")
                .param("id", subject)
                .query((row, _) ->
                        lock(row.getInt("channel"), row.getObject("notice_id", UUID.class)))
                .optional()
                .ifPresent(this::setClock);
    }

    private Locked lock(ReceivedMessage message) {
        return lock(
                message.channel().id(),
                message.manifest()
                        .about()
                        .orElseThrow(() ->
                                new MalformedMessageException("the message names no notice")));
    }

    private Locked lock(int channel, UUID notice) {
        return jdbc.sql(
                        """
                        select id, channel, agreement, state, category, kind, urgency, received_at, acknowledged_at
                        from cases where channel = :channel and notice_id = :notice for no key update
                        """)
                .param("channel", channel)
                .param("notice", notice)
                .query(Locked::from)
                .optional()
                .orElseThrow(() ->
                        new MalformedMessageException("there is no case for notice " + notice));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
