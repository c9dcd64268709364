package org.jalur.node.access;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.access.DomainName;
import org.jalur.access.check.Answered;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.BlockState;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Ground;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.order.Standing;
import org.jalur.access.text.EventText;
import org.jalur.agreement.AccessBlockTerms.People;
import org.jalur.node.escalation.BlockGrounds;
import org.jalur.node.exchange.Channel;
import org.jalur.node.register.Register;
import org.jalur.node.web.Cursor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Access blocks and drafts of orders as people and programs see them, the same on both sides. */
@Component
class BlockViews {
    private static final int AT_ONCE = 100;
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final AccessBlocks blocks;
    private final ObjectProvider<OrderDrafts> drafts;
    private final SecondPeople second;
    private final ConditionsSeen seen;
    private final BlockGrounds grounds;
    private final Register register;
    private final Clock clock;

    BlockViews(
            AccessBlocks blocks,
            ObjectProvider<OrderDrafts> drafts,
            SecondPeople second,
            ConditionsSeen seen,
            BlockGrounds grounds,
            Register register,
            Clock clock) {
        this.blocks = blocks;
        this.drafts = drafts;
        this.second = second;
        this.seen = seen;
        this.grounds = grounds;
        this.register = register;
        this.clock = clock;
    }

    /**
     * @param state drafted, approved_by_one, waits_signature, approved, announced, in_force,
     *     lift_ordered, lifting, lifted, lifted_except_unreachable, ended
     * @param names how many the order has
     * @param inForce how many of them are blocked now
     * @param effectAt when it came or comes in force; absent before it is announced
     * @param proposal why a lift is proposed: conditions_met, objection_upheld, promise_due
     * @param reviewDue whether its need is to be looked at again
     */
    record Summary(
            UUID id,
            String peer,
            String reference,
            String organisation,
            String state,
            int names,
            int inForce,
            Optional<Instant> sentAt,
            Optional<Instant> effectAt,
            Instant reviewAt,
            Instant endsAt,
            Optional<Instant> promisedLift,
            Optional<String> proposal,
            boolean reviewDue) {}

    /**
     * @param next cursor of the next page; absent on the last
     */
    record Page(List<Summary> blocks, Optional<String> next) {}

    record NameLine(String name, boolean withSubdomains, boolean inForce) {}

    /**
     * @param message digest of the notice's message
     * @param id of the notice or case here; absent where this node does not know it
     */
    record NoticeLine(
            String message,
            Optional<UUID> id,
            Optional<String> reference,
            Optional<Instant> stepAt,
            Optional<Instant> answered) {}

    /**
     * @param condition in the order's own terms
     * @param offer digest of a message that shows it, as this node sees
     */
    record ConditionLine(Condition condition, boolean met, Optional<String> offer) {}

    /**
     * @param by pseudonym
     */
    record ApprovalLine(String by, boolean subdomains, Instant at) {}

    /**
     * What happened, or was said.
     *
     * @param type of the event; answer, refusal or gone for what is none
     * @param own whether this side said it
     * @param at when it counts; absent while it is on its way
     * @param counts whether it fits where its time puts it
     */
    record EventLine(
            String type,
            boolean own,
            Optional<Instant> at,
            Instant recordedAt,
            boolean counts,
            Block.What what) {}

    /**
     * What one person wants, and another must want as well.
     *
     * @param kind renewal or lift
     */
    record StepLine(String kind, UUID account, String by, String said, Instant at) {
        /** Names or times. */
        public String first() {
            return said.substring(0, said.indexOf('\n'));
        }

        /** Reasons. */
        public String rest() {
            return said.substring(said.indexOf('\n') + 1);
        }
    }

    /**
     * @param digest of what approvers read: approvals name it
     * @param step of the ladder; absent for another ground
     * @param attempt when a vain try to deliver was journaled, while there is no receipt
     */
    record Detail(
            Summary block,
            AccessOrder order,
            String digest,
            List<Answered> findings,
            List<NameLine> names,
            List<NoticeLine> notices,
            Optional<String> step,
            List<ConditionLine> conditions,
            String drafter,
            Optional<UUID> draftedBy,
            List<ApprovalLine> approvals,
            Optional<Instant> receivedAt,
            Optional<Instant> attempt,
            boolean liftByTwo,
            List<EventLine> events,
            List<StepLine> steps,
            Standing standing) {}

    /** Drafts first, then the newest. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Page page(Optional<String> cursor, int limit) {
        Cursor before = cursor.map(Cursor::parse).orElse(Cursor.before(END_OF_TIME));
        List<Block> found = blocks.newest(before.at(), before.id(), limit + 1);
        List<Block> shown = found.subList(0, Math.min(limit, found.size()));
        Instant now = clock.instant();
        return new Page(
                shown.stream().map(block -> summary(block, now)).toList(),
                found.size() > limit
                        ? Optional.of(
                                new Cursor(shown.getLast().sentAt(), shown.getLast().id()).text())
                        : Optional.empty());
    }

    @Transactional(readOnly = true)
    public List<Summary> drafts() {
        return drafts.stream().flatMap(one -> one.all().stream()).map(this::summary).toList();
    }

    private Summary summary(OrderDrafts.Draft draft) {
        AccessOrder order = draft.text().order();
        return new Summary(
                draft.id(),
                name(draft.channel().peer().value()),
                order.reference(),
                order.organisation(),
                switch (draft.approvals().size()) {
                    case 0 -> "drafted";
                    case 1 -> "approved_by_one";
                    default -> "waits_signature";
                },
                order.names().size(),
                0,
                Optional.empty(),
                Optional.empty(),
                order.reviewAt(),
                order.endsAt(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private Summary summary(Block block, Instant now) {
        Standing standing = block.at(now);
        return new Summary(
                block.id(),
                name(block.channel().peer().value()),
                block.of().reference(),
                block.of().organisation(),
                standing.state().word(),
                block.of().names().size(),
                standing.inForce().size(),
                Optional.of(block.sentAt()),
                effect(standing.state()),
                standing.reviewAt(),
                standing.endsAt(),
                standing.promisedLift(),
                standing.proposal().map(one -> word(one)),
                standing.isReviewDue(now));
    }

    private String name(String peer) {
        return register.peers().stream()
                .filter(one -> one.id().equals(peer))
                .map(one -> one.name())
                .findFirst()
                .orElse(peer);
    }

    private static Optional<Instant> effect(BlockState state) {
        return switch (state) {
            case BlockState.Announced(_, var effectAt) -> Optional.of(effectAt);
            case BlockState.InForce(var since, _, _, _) -> Optional.of(since);
            case BlockState.Drafted _,
                    BlockState.ApprovedByOne _,
                    BlockState.Approved _,
                    BlockState.LiftOrdered _,
                    BlockState.Lifting _,
                    BlockState.Lifted _,
                    BlockState.LiftedExceptUnreachable _,
                    BlockState.Ended _ ->
                    Optional.empty();
        };
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws org.jalur.node.web.ProblemException 404 if there is none
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Detail detail(UUID id) {
        return drafts.stream()
                .flatMap(one -> one.find(id).stream())
                .findFirst()
                .map(this::detail)
                .orElseGet(() -> detail(blocks.one(id)));
    }

    private Detail detail(OrderDrafts.Draft draft) {
        AccessOrder order = draft.text().order();
        return new Detail(
                summary(draft),
                order,
                draft.text().digest().hex(),
                draft.text().checked().findings(),
                names(order, Set.of()),
                notices(draft.channel(), order),
                step(order),
                order.conditions().stream()
                        .map(one -> new ConditionLine(one, false, Optional.empty()))
                        .toList(),
                draft.drafter(),
                Optional.of(draft.draftedBy()),
                draft.approvals().stream()
                        .map(one -> new ApprovalLine(one.by(), one.subdomains(), one.at()))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                new Standing(
                        new BlockState.Drafted(),
                        List.of(),
                        order.reviewAt(),
                        order.endsAt(),
                        Optional.empty(),
                        order.conditions(),
                        List.of(),
                        Optional.empty()));
    }

    private Detail detail(Block block) {
        Instant now = clock.instant();
        Standing standing = block.at(now);
        List<ConditionsSeen.Offer> offers =
                block.own() ? seen.offers(block, standing.unmet()) : List.of();
        Set<DomainName> inForce =
                standing.inForce().stream().map(BlockedName::name).collect(Collectors.toSet());
        return new Detail(
                summary(block, now),
                block.of(),
                block.text().hex(),
                block.checked().findings(),
                names(block.of(), inForce),
                notices(block.channel(), block.of()),
                step(block.of()),
                block.of().conditions().stream()
                        .map(one ->
                                new ConditionLine(
                                        one,
                                        !standing.unmet().contains(one),
                                        offers.stream()
                                                .filter(offer -> offer.condition().equals(one))
                                                .map(offer -> offer.message().hex())
                                                .findFirst()))
                        .toList(),
                block.approvals().drafter(),
                Optional.empty(),
                block.approvals().approvals().stream()
                        .map(one -> new ApprovalLine(one.by(), one.subdomains(), one.at()))
                        .toList(),
                block.receivedAt(),
                block.own() && block.receivedAt().isEmpty() ? block.tenderedAt() : Optional.empty(),
                block.limits().liftBy() == People.TWO,
                block.said().stream().map(one -> line(block, one)).toList(),
                steps(block.id()),
                standing);
    }

    private List<StepLine> steps(UUID id) {
        return Stream.of(SecondPeople.Kind.values())
                .flatMap(kind -> second.step(id, kind).stream())
                .map(one ->
                        new StepLine(
                                one.kind().wire(), one.account(), one.by(), one.said(), one.at()))
                .toList();
    }

    private static List<NameLine> names(AccessOrder order, Set<DomainName> inForce) {
        return order.names().stream()
                .map(one ->
                        new NameLine(
                                one.name().ascii(),
                                one.withSubdomains(),
                                inForce.contains(one.name())))
                .toList();
    }

    private static Optional<String> step(AccessOrder order) {
        return order.ground() instanceof Ground.UnansweredNotices(_, var step)
                ? Optional.of(step)
                : Optional.empty();
    }

    private List<NoticeLine> notices(Channel channel, AccessOrder order) {
        if (!(order.ground() instanceof Ground.UnansweredNotices(var notices, _))) {
            return List.of();
        }
        List<BlockGrounds.Past> known = grounds.of(channel, notices);
        return notices.stream()
                .map(one -> {
                    Optional<BlockGrounds.Past> past =
                            known.stream()
                                    .filter(it -> it.message().equals(one.notice()))
                                    .findFirst();
                    return new NoticeLine(
                            one.notice().hex(),
                            past.map(BlockGrounds.Past::id),
                            past.map(BlockGrounds.Past::reference),
                            past.map(BlockGrounds.Past::since),
                            past.flatMap(BlockGrounds.Past::answered));
                })
                .toList();
    }

    private static EventLine line(Block block, Block.Happened one) {
        return switch (one.what()) {
            case Block.What.Event(var event, _) ->
                    new EventLine(
                            EventText.type(event),
                            one.own(),
                            Optional.of(event.at()),
                            one.recordedAt(),
                            block.course().events().contains(event),
                            one.what());
            case Block.What.Answer _ ->
                    new EventLine(
                            "answer",
                            one.own(),
                            one.at(),
                            one.recordedAt(),
                            one.at()
                                    .filter(at ->
                                            block.course()
                                                    .events()
                                                    .contains(
                                                            new OrderEvent.Answered(
                                                                    one.digest(), at)))
                                    .isPresent(),
                            one.what());
            case Block.What.Refused _ ->
                    new EventLine(
                            "refusal", one.own(), one.at(), one.recordedAt(), true, one.what());
            case Block.What.Gone _ ->
                    new EventLine("gone", one.own(), one.at(), one.recordedAt(), false, one.what());
        };
    }

    /**
     * All that was sent as CSV (RFC 4180), a row for each name, newest order first; times in UTC.
     */
    public void write(OutputStream out) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "id",
                                "peer",
                                "reference",
                                "organisation",
                                "state",
                                "name",
                                "with_subdomains",
                                "in_force",
                                "sent_at",
                                "effect_at",
                                "review_at",
                                "ends_at",
                                "promised_lift")
                        .get();
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            Cursor before = Cursor.before(END_OF_TIME);
            List<Block> some = blocks.newest(before.at(), before.id(), AT_ONCE);
            while (!some.isEmpty()) {
                for (Block block : some) {
                    print(printer, block);
                }
                some = blocks.newest(some.getLast().sentAt(), some.getLast().id(), AT_ONCE);
            }
        }
    }

    private void print(CSVPrinter printer, Block block) throws IOException {
        Summary one = summary(block, clock.instant());
        Set<BlockedName> inForce = Set.copyOf(block.at(clock.instant()).inForce());
        for (BlockedName name : block.of().names()) {
            printer.printRecord(
                    one.id(),
                    block.channel().peer().value(),
                    one.reference(),
                    one.organisation(),
                    one.state(),
                    name.name().ascii(),
                    name.withSubdomains(),
                    inForce.contains(name),
                    text(one.sentAt()),
                    text(one.effectAt()),
                    one.reviewAt(),
                    one.endsAt(),
                    text(one.promisedLift()));
        }
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
