package org.jalur.node.appeals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealRule;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.escalation.Ladders;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Clocks;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the platform says of appeals, on the authority's node; and on the platform's when the
 * authority has it, or does not take it up.
 */
@Component
class AppealMessages implements MessageHandler, DeliveryListener {
    /** Of a message about an appeal: the notice that it is about stays as it is. */
    private static final String CLAUSE = "appeal";

    private final JdbcClient jdbc;
    private final AppealRows rows;
    private final PartStore parts;
    private final Subjects subjects;
    private final Agreements agreements;
    private final DecisionRecords decisions;
    private final Exchange exchange;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Ladders ladders;
    private final Clock clock;
    private final boolean authority;

    AppealMessages(
            JdbcClient jdbc,
            AppealRows rows,
            PartStore parts,
            Subjects subjects,
            Agreements agreements,
            DecisionRecords decisions,
            Exchange exchange,
            Timeline timeline,
            Notifications notifications,
            Ladders ladders,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.parts = parts;
        this.subjects = subjects;
        this.agreements = agreements;
        this.decisions = decisions;
        this.exchange = exchange;
        this.timeline = timeline;
        this.notifications = notifications;
        this.ladders = ladders;
        this.clock = clock;
        this.authority = register.isAuthority();
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.APPEAL, MessageKind.APPEAL_OUTCOME, MessageKind.REFUSAL);
    }

    /** What an authority does not take up of what was said about appeals. */
    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return !authority
                && message.manifest().kind().equals(MessageKind.REFUSAL.wire())
                && contents(message).present().stream()
                        .filter(part -> part.type().equals("refusal"))
                        .anyMatch(part -> Parts.read(part, Refusal.class).clause().equals(CLAUSE));
    }

    @Override
    public void handle(ReceivedMessage message) {
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            unheard(message);
        } else if (!authority) {
            throw new MalformedMessageException("an authority says nothing about appeals");
        } else if (message.manifest().kind().equals(MessageKind.APPEAL.wire())) {
            filed(message, AppealParts.readAppeal(contents(message)));
        } else {
            decided(message, AppealParts.readOutcome(contents(message)));
        }
    }

    private Contents contents(ReceivedMessage message) {
        return parts.contents(message.channel(), message.leaves());
    }

    /** It changes nothing here: the appeal is the affected user's, and stays. */
    private void unheard(ReceivedMessage message) {
        UUID subject =
                message.manifest()
                        .about()
                        .flatMap(notice -> subjects.subject(message.channel(), notice))
                        .orElseThrow(() -> new MalformedMessageException("about no case"));
        timeline.add(subject, "unheard", null, null, message.receivedAt());
    }

    /** The notice that an appeal is about; its row is locked. */
    private record About(UUID id, Hash agreement, boolean withdrawn) {
        static About from(ResultSet row, int number) throws SQLException {
            return new About(
                    row.getObject("id", UUID.class),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("state").equals("withdrawn"));
        }
    }

    private About about(ReceivedMessage message) {
        UUID notice =
                message.manifest()
                        .about()
                        .orElseThrow(
                                () -> new MalformedMessageException("the message names no notice"));
        return jdbc.sql(
                        """
                        select id, agreement, state from notices
                        where id = :id and channel = :channel and message is not null for no key update
                        """)
                .param("id", notice)
                .param("channel", message.channel().id())
                .query(About::from)
                .optional()
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "no notice %s was sent to %s"
                                        .formatted(notice, message.channel().peer())));
    }

    private void filed(ReceivedMessage message, AppealParts.Filed said) {
        About about = about(message);
        AppealFacts facts = said.facts();
        Agreement agreement = agreement(message.channel(), about.agreement());
        Optional<String> wrong = wrong(message, about, facts, agreement);
        if (wrong.isPresent()) {
            refuse(message, wrong.get());
            return;
        }
        var id = UUID.randomUUID();
        rows.add(
                new AppealRows.New(
                        id,
                        message.channel(),
                        about.id(),
                        about.id(),
                        facts,
                        about.agreement(),
                        message.row(),
                        said.leaf(),
                        Optional.empty()),
                agreement,
                Optional.of(message.receivedAt()));
        timeline.add(about.id(), "appealed", null, facts.reference(), message.receivedAt());
        touch(about.id());
        if (about.withdrawn()) {
            rows.withdrawn(about.id(), message.receivedAt());
        } else if (!message.again()) {
            // The timer finds out when to look next; what comes back it takes up by itself.
            ladders.open(
                    message.channel().id(),
                    Silence.APPEAL,
                    Map.of(facts.appeal(), clock.instant()));
            notifications.tell(
                    Event.of(Kind.NOTICE_APPEAL, id, message.receivedAt(), facts.reference())
                            .due(Clocks.due(ClockRule.forAppeal(agreement), message.receivedAt())));
        }
    }

    /** What this side can tell is wrong; the time of appealing begins where the user was told. */
    private Optional<String> wrong(
            ReceivedMessage message, About about, AppealFacts facts, Agreement agreement) {
        if (!message.manifest().agreement().equals(Optional.of(about.agreement()))) {
            return Optional.of(
                    "The appeal cites another agreement than the notice; cite %s."
                            .formatted(about.agreement().hex()));
        }
        if (rows.find(message.channel(), facts.appeal()).isPresent()) {
            return Optional.of(
                    "There is an appeal %s already; each has an id of its own."
                            .formatted(facts.appeal()));
        }
        return AppealRule.broken(
                        agreement,
                        new AppealRule.Known(
                                isRestricted(about.id(), facts.no()),
                                Optional.empty(),
                                Optional.empty(),
                                rows.before(about.id(), facts.no())),
                        facts.appellant(),
                        message.receivedAt())
                .map(broken ->
                        switch (broken) {
                            case NOT_RESTRICTED ->
                                    "No decision restricts item %d of the notice; only what is restricted is appealed about."
                                            .formatted(facts.no());
                            case NOT_APPELLANT ->
                                    "The agreement lets no %s appeal."
                                            .formatted(AppealRows.wire(facts.appellant()));
                            case TWICE ->
                                    "The %s appealed about item %d before; once is agreed."
                                            .formatted(
                                                    AppealRows.wire(facts.appellant()), facts.no());
                            case UNDISCLOSED, TOO_LATE ->
                                    throw new IllegalStateException(
                                            "this side does not know when anybody was told");
                        });
    }

    private boolean isRestricted(UUID notice, int no) {
        return jdbc.sql(
                        """
                        select exists (select 1 from notice_items
                            where notice = :notice and no = :no and state in ('blocked', 'withheld'))
                        """)
                .param("notice", notice)
                .param("no", no)
                .query(Boolean.class)
                .single();
    }

    private void decided(ReceivedMessage message, AppealParts.Decided said) {
        About about = about(message);
        Optional<Appeal> found = rows.find(message.channel(), said.facts().appeal());
        if (found.filter(one -> one.subject().equals(about.id()) && one.no() == said.facts().no())
                .isEmpty()) {
            refuse(
                    message,
                    "There is no appeal %s about item %d of this notice; file it before it is decided."
                            .formatted(said.facts().appeal(), said.facts().no()));
            return;
        }
        Appeal one = found.get();
        boolean taken =
                rows.decided(
                        one.id(),
                        said.facts(),
                        said.reasons(),
                        message.row(),
                        agreement(message.channel(), one.agreement()),
                        Optional.of(message.receivedAt()));
        if (!taken) {
            refuse(
                    message,
                    "Appeal %s is decided already; a decision about it stands."
                            .formatted(one.reference()));
            return;
        }
        said.decision()
                .ifPresent(decision -> {
                    decisions.add(message.row(), about.id(), List.of(decision));
                    decisions.setStates(ItemStates.Of.NOTICE, about.id(), List.of(decision));
                });
        timeline.add(
                about.id(),
                "appeal-" + AppealRows.wire(said.facts().result()),
                said.facts().role(),
                one.reference(),
                message.receivedAt());
        touch(about.id());
        notifications.settled(one.id(), Kind.NOTICE_APPEAL);
        ladders.lookNow(message.channel().id(), Silence.APPEAL, Set.of(one.appeal()));
        if (!message.again()) {
            notifications.tell(
                    Event.of(Kind.APPEAL_OUTCOME, one.id(), message.receivedAt(), one.reference()));
        }
    }

    private void refuse(ReceivedMessage message, String why) {
        if (message.again()) {
            throw new MalformedMessageException(why);
        }
        exchange.refuse(message, new Refusal(CLAUSE, why));
    }

    private Agreement agreement(Channel channel, Hash digest) {
        return agreements.of(channel, digest).agreement();
    }

    private void touch(UUID notice) {
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", notice)
                .update();
    }

    /** The clock of an appeal runs from a receipt, and so ends with one. */
    @Override
    public void delivered(List<Delivered> messages) {
        for (Delivered one : messages) {
            SentMessage message = one.message();
            String kind = message.manifest().kind();
            if (kind.equals(MessageKind.APPEAL.wire())) {
                Instant receivedAt = one.receivedAt();
                message.manifest()
                        .agreement()
                        .map(digest -> agreement(message.channel(), digest))
                        .ifPresent(agreement ->
                                rows.received(
                                        message.row(),
                                        receivedAt,
                                        Clocks.due(ClockRule.forAppeal(agreement), receivedAt)));
            } else if (kind.equals(MessageKind.APPEAL_OUTCOME.wire())) {
                rows.answered(message.row(), one.receivedAt());
            } else if (kind.equals(MessageKind.WITHDRAWAL.wire())) {
                message.manifest()
                        .about()
                        .ifPresent(notice ->
                                ladders.lookNow(
                                        message.channel().id(),
                                        Silence.APPEAL,
                                        rows.withdrawnAt(notice, one.receivedAt())));
            }
        }
    }
}
