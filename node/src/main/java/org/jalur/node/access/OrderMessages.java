package org.jalur.node.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.Course;
import org.jalur.access.order.Ground;
import org.jalur.access.order.Limits;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.text.EventText;
import org.jalur.access.text.OrderText;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.escalation.BlockGrounds;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.register.Register;
import org.springframework.stereotype.Component;

/**
 * Orders, and what is said about them, as they come in. A platform refuses what the agreement does
 * not allow; what fits the agreement counts by its time, and is counted by {@link Course} alone.
 */
@Component
class OrderMessages implements MessageHandler, DeliveryListener {
    static final String ORDER = "access-order";
    static final String APPROVALS = "access-approvals";
    static final String EVENT = "access-event";
    static final String ANSWER = "access-answer";
    static final String RECORD = "access-record";

    /** What is signed waits for a lock at most so long. */
    private static final Duration SIGNING = Duration.ofMinutes(5);

    private final PartStore parts;
    private final OrderRows rows;
    private final BlockLooks looks;
    private final Agreements agreements;
    private final BlockGrounds grounds;
    private final Exchange exchange;
    private final Notifications notifications;
    private final boolean authority;

    OrderMessages(
            PartStore parts,
            OrderRows rows,
            BlockLooks looks,
            Agreements agreements,
            BlockGrounds grounds,
            Exchange exchange,
            Notifications notifications,
            Register register) {
        this.parts = parts;
        this.rows = rows;
        this.looks = looks;
        this.agreements = agreements;
        this.grounds = grounds;
        this.exchange = exchange;
        this.notifications = notifications;
        this.authority = register.isAuthority();
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(
                MessageKind.ACCESS_ORDER,
                MessageKind.ACCESS_EVENT,
                MessageKind.ACCESS_ANSWER,
                MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return about(message).isPresent();
    }

    private Optional<UUID> about(ReceivedMessage message) {
        return message.manifest().about().flatMap(id -> rows.block(message.channel(), id));
    }

    private UUID required(ReceivedMessage message) {
        return about(message)
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "the message is about no order of this channel"));
    }

    @Override
    public void handle(ReceivedMessage message) {
        Contents contents = parts.contents(message.channel(), message.leaves());
        String kind = message.manifest().kind();
        if (!kind.equals(MessageKind.REFUSAL.wire())
                && authority != kind.equals(MessageKind.ACCESS_ANSWER.wire())) {
            throw new MalformedMessageException(
                    "authorities order access blocks, and platforms answer; this is the other way round");
        }
        if (kind.equals(MessageKind.ACCESS_ORDER.wire())) {
            ordered(message, contents);
        } else if (kind.equals(MessageKind.ACCESS_EVENT.wire())) {
            happened(message, contents);
        } else if (kind.equals(MessageKind.ACCESS_ANSWER.wire())) {
            answered(message, contents);
        } else {
            Part part = part(contents, 0, "refusal");
            Parts.read(part, Refusal.class);
            rows.add(required(message), message.row(), OrderRows.Kind.REFUSAL, part.leaf());
        }
    }

    private void ordered(ReceivedMessage message, Contents contents) {
        Manifest manifest = message.manifest();
        if (!manifest.about().equals(Optional.of(manifest.id())) || contents.size() != 2) {
            throw new MalformedMessageException(
                    "an order is about itself, and has a part with it and one with its approvals");
        }
        Part part = part(contents, 0, ORDER);
        Part approvals = part(contents, 1, APPROVALS);
        Said.Approvals by = Parts.read(approvals, Said.Approvals.class);
        switch (agreements.cited(message)) {
            case Agreements.Citation.Broken(var refusal) -> refuse(message, refusal);
            case Agreements.Citation.Binding(var signed) -> {
                Optional<Limits> limits = Limits.of(signed.agreement());
                if (limits.isEmpty()) {
                    refuse(
                            message,
                            new Refusal("accessBlocks", "The agreement has no access blocks."));
                    return;
                }
                try {
                    OrderText text = OrderText.read(part.bytes());
                    Optional<Refusal> refusal = refusal(message, text, by, limits.get());
                    if (refusal.isPresent()) {
                        refuse(message, refusal.get());
                        return;
                    }
                    rows.add(
                            new OrderRows.New(
                                    message.channel(),
                                    false,
                                    manifest.id(),
                                    message.row(),
                                    text.order().reference(),
                                    signed.digest(),
                                    part.leaf(),
                                    approvals.leaf(),
                                    manifest.time()));
                    tell(message, Kind.ACCESS_ORDER, text.order().reference());
                } catch (InvalidAccessException e) {
                    refuse(message, broken(e));
                }
            }
        }
    }

    /**
     * Why this node does not take an order up; empty if it does. Notices that came only after the
     * order was signed are not counted here: while this node was away nothing was received, and an
     * order of that time must reach its platform all the same.
     */
    private Optional<Refusal> refusal(
            ReceivedMessage message, OrderText text, Said.Approvals by, Limits limits) {
        Course course = Course.drafted(text.order(), limits, by.drafter(), text.digest());
        for (OrderEvent approval : by.events()) {
            course = course.with(approval);
        }
        return switch (text.order().ground()) {
            case Ground.Other _ -> Optional.empty();
            case Ground.UnansweredNotices(var notices, var step) -> {
                Set<Hash> unreceived =
                        grounds.unreceived(message.channel(), notices, message.manifest().time());
                List<Ground.Unanswered> counted =
                        notices.stream().filter(one -> !unreceived.contains(one.notice())).toList();
                List<BlockGrounds.Past> past = grounds.of(message.channel(), counted);
                yield past.size() == counted.size()
                                && past.stream().allMatch(one -> one.step().equals(step))
                        ? Optional.empty()
                        : Optional.of(
                                new Refusal(
                                        "accessBlocks.ground",
                                        "Of %d notices %d were climbed to the step \"%s\" as this node counts."
                                                .formatted(notices.size(), past.size(), step)));
            }
        };
    }

    private static Refusal broken(InvalidAccessException e) {
        return new Refusal("accessBlocks." + e.field(), String.valueOf(e.getMessage()));
    }

    private void happened(ReceivedMessage message, Contents contents) {
        UUID block = required(message);
        Part part = part(contents, 0, EVENT);
        try {
            OrderEvent event = EventText.read(part.bytes());
            requireSaid(message, contents, event);
            rows.add(block, message.row(), OrderRows.Kind.EVENT, part.leaf());
        } catch (InvalidAccessException e) {
            refuse(message, broken(e));
        }
    }

    /** An authority speaks for itself, and of now; only a vain try lies back. */
    private static void requireSaid(ReceivedMessage message, Contents contents, OrderEvent event) {
        Instant signed = message.manifest().time();
        switch (event) {
            case OrderEvent.Approved _, OrderEvent.Answered _ ->
                    throw new MalformedMessageException(
                            "\"%s\" is no event that an authority tells"
                                    .formatted(EventText.type(event)));
            case OrderEvent.Announced _ -> {}
            case OrderEvent.Withdrawn _,
                    OrderEvent.ConditionMet _,
                    OrderEvent.LiftPromised _,
                    OrderEvent.Renewed _,
                    OrderEvent.BlockPublished _,
                    OrderEvent.LiftOrdered _,
                    OrderEvent.LiftPublished _,
                    OrderEvent.LiftMeasured _,
                    OrderEvent.Objected _,
                    OrderEvent.ObjectionAnswered _ -> {
                if (event.at().isBefore(signed.minus(SIGNING))) {
                    throw new MalformedMessageException(
                            "the event of %s was signed at %s; tell events when they happen"
                                    .formatted(event.at(), signed));
                }
            }
        }
        if (event.at().isAfter(signed)) {
            throw new MalformedMessageException(
                    "the event of %s was signed at %s, before it".formatted(event.at(), signed));
        }
        boolean recorded = OrderActs.recordOf(event).isPresent();
        if (contents.size() != (recorded ? 2 : 1)
                || (recorded && !OrderActs.recordOf(event).equals(Optional.of(contents.leaf(1))))) {
            throw new MalformedMessageException(
                    "an event has one part, and the record beside it that it names as evidence");
        }
        if (recorded) {
            Parts.read(part(contents, 1, RECORD), Said.Heard.class);
        }
    }

    private void answered(ReceivedMessage message, Contents contents) {
        UUID block = required(message);
        Part part = part(contents, 0, ANSWER);
        Parts.read(part, Said.Answer.class);
        rows.add(block, message.row(), OrderRows.Kind.ANSWER, part.leaf());
        looks.lookNow(block);
        tell(message, Kind.ACCESS_ANSWER, rows.reference(block));
    }

    private void tell(ReceivedMessage message, Kind kind, String reference) {
        if (!message.again()) {
            notifications.tell(Event.of(kind, required(message), message.receivedAt(), reference));
        }
    }

    private void refuse(ReceivedMessage message, Refusal refusal) {
        if (!message.again()) {
            exchange.refuse(message, refusal);
        }
    }

    private static Part part(Contents contents, int place, String type) {
        if (contents.size() <= place) {
            throw new MalformedMessageException("no part \"%s\" where it belongs".formatted(type));
        }
        return contents.at(place)
                .filter(part -> part.type().equals(type))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "no part \"%s\" where it belongs".formatted(type)));
    }

    /** With the receipt of an order the notice period begins. */
    @Override
    public void delivered(List<Delivered> messages) {
        messages.stream()
                .map(Delivered::message)
                .filter(one -> one.manifest().kind().equals(MessageKind.ACCESS_ORDER.wire()))
                .forEach(one ->
                        rows.block(one.channel(), one.manifest().id()).ifPresent(looks::lookNow));
    }
}
