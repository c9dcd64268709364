package org.jalur.node.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.check.Breach;
import org.jalur.agreement.check.InterimCheck;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.contacts.Emergencies;
import org.jalur.node.contacts.EmergencyListener;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.TurnParts;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Clocks;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.InterimRecords.Ending;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.RefusedMessages;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.nondisclosure.Renewals;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.notice.Acknowledgement;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.MeasureFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.Urgency;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a platform's messages change about a notice. */
@Component
class NoticeMessages implements MessageHandler, DeliveryListener, EmergencyListener {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Agreements agreements;
    private final Channels channels;
    private final DecisionRecords decisions;
    private final ItemStates states;
    private final Measures measures;
    private final InterimRecords interims;
    private final Dialogue dialogue;
    private final Exchange exchange;
    private final Clocks clocks;
    private final Emergencies emergencies;
    private final RefusedMessages refusedMessages;
    private final Renewals renewals;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    NoticeMessages(
            JdbcClient jdbc,
            PartStore parts,
            Agreements agreements,
            Channels channels,
            DecisionRecords decisions,
            ItemStates states,
            Measures measures,
            InterimRecords interims,
            Dialogue dialogue,
            Exchange exchange,
            Clocks clocks,
            Emergencies emergencies,
            RefusedMessages refusedMessages,
            Renewals renewals,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.agreements = agreements;
        this.channels = channels;
        this.decisions = decisions;
        this.states = states;
        this.measures = measures;
        this.interims = interims;
        this.dialogue = dialogue;
        this.exchange = exchange;
        this.clocks = clocks;
        this.emergencies = emergencies;
        this.refusedMessages = refusedMessages;
        this.renewals = renewals;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(
                MessageKind.ACKNOWLEDGEMENT,
                MessageKind.DECISION,
                MessageKind.MEASURES,
                MessageKind.INTERIM,
                MessageKind.QUESTION,
                MessageKind.REFUSAL);
    }

    @Override
    public void handle(ReceivedMessage message) {
        UUID notice = about(message);
        Contents contents = parts.contents(message.channel(), message.leaves());
        switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
            case ACKNOWLEDGEMENT -> acknowledged(notice, first(contents, Acknowledgement.class));
            case DECISION -> decided(notice, message, contents);
            case MEASURES -> measured(notice, message, contents);
            case INTERIM -> interim(notice, message, InterimRecords.read(contents));
            case QUESTION -> asked(notice, message, contents);
            case REFUSAL -> refused(notice, first(contents, Refusal.class), message);
            case KEYS,
                    NOTICE,
                    WITHDRAWAL,
                    CLARIFICATION,
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
                    ACCESS_ORDER,
                    ACCESS_EVENT,
                    ACCESS_ANSWER,
                    REMARK,
                    DECONFLICTION,
                    NON_DISCLOSURE,
                    APPEAL,
                    APPEAL_OUTCOME ->
                    throw new IllegalArgumentException(
                            "not a message for a notice: " + message.manifest().kind());
        }
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest().about().filter(one -> isSent(message.channel(), one)).isPresent();
    }

    private boolean isSent(Channel channel, UUID notice) {
        return jdbc.sql(
                                "select count(*) from notices where id = :id and channel = :channel and message is not null")
                        .param("id", notice)
                        .param("channel", channel.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private UUID about(ReceivedMessage message) {
        UUID notice =
                message.manifest()
                        .about()
                        .orElseThrow(
                                () -> new MalformedMessageException("the message names no notice"));
        if (!isSent(message.channel(), notice)) {
            throw new MalformedMessageException(
                    "no notice %s was sent to %s".formatted(notice, message.channel().peer()));
        }
        return notice;
    }

    private static <T> T first(Contents contents, Class<T> type) {
        return contents.only()
                .map(part -> Parts.read(part, type))
                .orElseThrow(() -> new MalformedMessageException("the part cannot be opened"));
    }

    private void acknowledged(UUID notice, Acknowledgement acknowledgement) {
        jdbc.sql(
                        """
                        update notices set acknowledged_at = coalesce(acknowledged_at, :at), changed_at = :now
                        where id = :id
                        """)
                .param("at", acknowledgement.openedAt().atOffset(ZoneOffset.UTC))
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(
                notice, "acknowledged", acknowledgement.role(), null, acknowledgement.openedAt());
        notifications.settled(notice, Kind.UNACKNOWLEDGED);
    }

    private void decided(UUID notice, ReceivedMessage message, Contents contents) {
        List<DecisionRecords.Decided> decided = DecisionRecords.read(contents);
        decisions.add(message.row(), notice, decided);
        decisions.setStates(ItemStates.Of.NOTICE, notice, decided);
        interims.end(
                notice,
                decided.stream()
                        .filter(one -> !one.facts().outcome().isOpen())
                        .map(one -> one.facts().no())
                        .toList(),
                Ending.DECIDED,
                decided.getFirst().facts().decidedAt());
        if (clocks.decided(message.row(), notice, message.receivedAt())) {
            setClock(notice);
        }
        Map<Outcome, Integer> counts = new HashMap<>();
        decided.forEach(one -> counts.merge(one.facts().outcome(), 1, Integer::sum));
        jdbc.sql(
                        """
                        update notices set changed_at = :now, state = case
                            when state = 'sent' and not exists (
                                select 1 from notice_items where notice = :id
                                    and state in ('open', 'clarification', 'impossible'))
                            then 'closed' else state end
                        where id = :id
                        """)
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(
                notice,
                "decided",
                decided.stream().map(one -> one.facts().role()).findFirst().orElse(null),
                counts.toString().toLowerCase(Locale.ROOT),
                message.receivedAt());
        if (decided.stream().anyMatch(one -> one.facts().outcome().isOpen())) {
            tell(Kind.QUESTION, notice, message);
        }
        settleIfClosed(notice);
    }

    /** What breaks its form is refused by a clause of its own: the notice itself stays. */
    private void asked(UUID notice, ReceivedMessage message, Contents contents) {
        // An answer of this side may be on its way out.
        jdbc.sql("select id from notices where id = :id for no key update")
                .param("id", notice)
                .query(UUID.class)
                .single();
        if (!message.again() && dialogue.isTooMuch(notice, message.receivedAt())) {
            exchange.refuse(
                    message, new Refusal(Refusal.DIALOGUE, "Too much was said within a day."));
            return;
        }
        TurnParts said;
        List<Integer> waiting;
        try {
            said = TurnParts.read(contents);
            waiting = dialogue.asked(ItemStates.Of.NOTICE, notice, said.facts().items());
        } catch (MalformedMessageException e) {
            exchange.refuse(message, new Refusal(Refusal.DIALOGUE, String.valueOf(e.getMessage())));
            return;
        }
        dialogue.keep(message.row(), notice, MessageKind.QUESTION, said, waiting);
        clocks.asked(message.row(), notice, message.receivedAt());
        setClock(notice);
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(
                notice,
                "asked",
                said.facts().role(),
                "%d items".formatted(waiting.size()),
                message.receivedAt());
        tell(Kind.QUESTION, notice, message);
    }

    private void measured(UUID notice, ReceivedMessage message, Contents contents) {
        Map<Integer, String> outcomes = new HashMap<>();
        for (Part part : contents.present()) {
            MeasureFacts facts = Parts.read(part, MeasureFacts.class);
            measures.add(UUID.randomUUID(), notice, facts);
            outcomes.put(facts.no(), facts.outcome().name().toLowerCase(Locale.ROOT));
        }
        states.measured(ItemStates.Of.NOTICE, notice, outcomes);
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(
                notice,
                "measured",
                null,
                "%d items".formatted(outcomes.size()),
                message.receivedAt());
    }

    /** The notice as what is withheld undecided is held against it; the row is locked. */
    private record Withholding(
            Agreement agreement, boolean withdrawn, InterimCheck.Standing standing) {}

    private Withholding withholding(UUID notice, Channel channel) {
        Map<Integer, InterimRecords.View> before = interims.of(notice);
        Set<Integer> decided =
                Set.copyOf(
                        jdbc.sql(
                                        """
                                        select no from notice_items where notice = :id
                                            and state not in ('open', 'clarification', 'impossible')
                                        """)
                                .param("id", notice)
                                .query(Integer.class)
                                .list());
        return jdbc.sql(
                        """
                        select agreement, state, category, urgency, item_count from notices where id = :id
                        for no key update
                        """)
                .param("id", notice)
                .query((row, _) ->
                        new Withholding(
                                agreements
                                        .of(channel, Hash.of(row.getBytes("agreement")))
                                        .agreement(),
                                row.getString("state").equals("withdrawn"),
                                new InterimCheck.Standing(
                                        row.getString("category"),
                                        Urgency.valueOf(
                                                row.getString("urgency").toUpperCase(Locale.ROOT)),
                                        row.getInt("item_count"),
                                        before.keySet(),
                                        decided)))
                .single();
    }

    private Optional<Breach> breach(
            Withholding one, InterimRecords.Said said, ReceivedMessage message) {
        return said.isEnd()
                ? said.facts().stream()
                        .flatMap(fact ->
                                InterimCheck.item(fact.no(), one.standing().items()).stream())
                        .findFirst()
                : InterimCheck.of(
                        one.agreement(), one.standing(), said.facts(), message.manifest().time());
    }

    /** It is no decision: the items stay open, and the clock runs on. */
    private void interim(UUID notice, ReceivedMessage message, InterimRecords.Said said) {
        Instant at = said.facts().getFirst().at();
        Withholding one = withholding(notice, message.channel());
        Optional<Breach> broken = message.again() ? Optional.empty() : breach(one, said, message);
        if (broken.isPresent()) {
            exchange.refuse(message, Refusal.of(broken.get()));
            timeline.add(notice, "overstepped", null, null, message.receivedAt());
            return;
        }
        if (said.isEnd()) {
            Ending why =
                    switch (said.facts().getFirst().ended().orElseThrow()) {
                        case TIME -> Ending.TIME;
                        case GIVEN_UP -> Ending.GIVEN_UP;
                    };
            interims.end(notice, said.facts().stream().map(InterimFacts::no).toList(), why, at);
        } else {
            interims.begin(notice, said.reasons().orElseThrow(), said.facts());
            if (one.withdrawn()) {
                // The withdrawal was on its way; it ends this without a message.
                interims.endAll(notice, Ending.WITHDRAWN, message.receivedAt());
            }
        }
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(
                notice,
                said.isEnd() ? "shown" : "withheld",
                said.facts().getFirst().role().orElse(null),
                "%d items".formatted(said.facts().size()),
                message.receivedAt());
    }

    private void refused(UUID notice, Refusal refusal, ReceivedMessage message) {
        if (refusal.clause().equals(Refusal.DIALOGUE)) {
            timeline.add(notice, "unheard", null, null, message.receivedAt());
            return;
        }
        Optional<RefusedMessages.Own> other =
                refusedMessages.own(message).filter(own -> !own.id().equals(notice));
        if (other.isPresent()) {
            refused(notice, other.get(), message);
            return;
        }
        jdbc.sql(
                        """
                        update notices set state = 'refused', refusal_clause = :clause, refusal_reason = :reason,
                            changed_at = :now
                        where id = :id
                        """)
                .param("clause", refusal.clause())
                .param("reason", refusal.reason())
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(notice, "refused", null, refusal.clause(), message.receivedAt());
        tell(Kind.REFUSED, notice, message);
        settleIfClosed(notice);
    }

    /** The notice itself stays as it is. */
    private void refused(UUID notice, RefusedMessages.Own other, ReceivedMessage message) {
        refusedMessages.add(message, notice, other);
        if (other.kind() == MessageKind.NON_DISCLOSURE) {
            renewals.refused(other.id());
        }
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", now())
                .param("id", notice)
                .update();
        timeline.add(notice, "rejected", null, null, message.receivedAt());
        tell(Kind.REFUSED, notice, message);
    }

    /** What came a first time; a history that comes back needs nobody now. */
    private void tell(Kind kind, UUID notice, ReceivedMessage message) {
        if (!message.again()) {
            notifications.tell(Event.of(kind, notice, message.receivedAt(), reference(notice)));
        }
    }

    private String reference(UUID notice) {
        return jdbc.sql("select reference from notices where id = :id")
                .param("id", notice)
                .query(String.class)
                .single();
    }

    private void settleIfClosed(UUID notice) {
        boolean open =
                jdbc.sql("select state = 'sent' from notices where id = :id")
                        .param("id", notice)
                        .query(Boolean.class)
                        .single();
        if (!open) {
            notifications.settled(
                    notice,
                    Kind.UNACKNOWLEDGED,
                    Kind.NOTICE_DUE_SOON,
                    Kind.NOTICE_OVERDUE,
                    Kind.LADDER_CALL,
                    Kind.CALL_BACK);
        }
    }

    /** A receipt starts the clock, and a delivered answer lets it go on. */
    @Override
    public void delivered(List<Delivered> messages) {
        var notices = new ArrayList<Delivered>();
        for (Delivered one : messages) {
            SentMessage message = one.message();
            switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
                case NOTICE -> notices.add(one);
                case CLARIFICATION -> {
                    UUID notice = message.manifest().about().orElseThrow();
                    clocks.answered(message.row(), notice, one.receivedAt());
                    setClock(notice);
                }
                case KEYS,
                        WITHDRAWAL,
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
                        APPEAL_OUTCOME -> {
                    // Delivery of these changes nothing about a notice's clock.
                }
            }
        }
        if (!notices.isEmpty()) {
            received(notices);
        }
    }

    /** Nothing has stopped these clocks yet: the whole allowance runs from the receipt. */
    private void received(List<Delivered> notices) {
        Channel channel = notices.getFirst().message().channel();
        Map<UUID, Instant> receivedAt = new LinkedHashMap<>();
        notices.forEach(one -> receivedAt.put(one.message().manifest().id(), one.receivedAt()));
        UUID[] ids = receivedAt.keySet().toArray(UUID[]::new);
        Map<UUID, ClockRule> rules = new HashMap<>();
        jdbc.sql("select id, agreement, category, kind, urgency from notices where id = any(:ids)")
                .param("ids", ids)
                .query(row -> {
                    rules.put(row.getObject("id", UUID.class), rule(channel, row));
                });
        jdbc.sql(
                        """
                        update notices set received_at = receipts.at, due_at = receipts.due, changed_at = :now
                        from unnest(:ids::uuid[], :received::timestamptz[], :due::timestamptz[]) as receipts(notice, at, due)
                        where id = receipts.notice
                        """)
                .param("ids", ids)
                .param("received", times(receivedAt.values().stream()))
                .param(
                        "due",
                        times(
                                receivedAt.entrySet().stream()
                                        .map(one ->
                                                Clocks.due(
                                                        Optional.ofNullable(rules.get(one.getKey()))
                                                                .orElseThrow(),
                                                        one.getValue()))))
                .param("now", now())
                .update();
        timeline.addAll(receivedAt, "received");
        notifications.settled(receivedAt.keySet(), Kind.UNDELIVERED);
    }

    private static String[] times(Stream<Instant> times) {
        return times.map(Instant::toString).toArray(String[]::new);
    }

    @Override
    public void confirmed(UUID subject) {
        setClock(subject);
    }

    private ClockRule rule(Channel channel, ResultSet row) throws SQLException {
        return rule(agreements.of(channel, Hash.of(row.getBytes("agreement"))).agreement(), row);
    }

    private static ClockRule rule(Agreement agreement, ResultSet row) throws SQLException {
        return ClockRule.forNotice(
                agreement,
                row.getString("category"),
                NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)));
    }

    private record Running(
            ClockRule rule, Instant receivedAt, Optional<Clocks.Confirmed> confirmed) {}

    private void setClock(UUID notice) {
        jdbc.sql(
                        """
                        select channel, agreement, category, kind, urgency, received_at from notices
                        where id = :id and received_at is not null
                        """)
                .param("id", notice)
                .query((row, _) -> running(notice, row))
                .optional()
                .ifPresent(one ->
                        clocks.show(
                                Clocks.Of.NOTICE,
                                notice,
                                one.rule(),
                                one.receivedAt(),
                                one.confirmed()));
    }

    private Running running(UUID notice, ResultSet row) throws SQLException {
        Agreement agreement =
                agreements
                        .of(
                                channels.byId(row.getInt("channel")),
                                Hash.of(row.getBytes("agreement")))
                        .agreement();
        return new Running(
                rule(agreement, row),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                emergencies.confirmed(notice, agreement, row.getString("category")));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
