package org.jalur.node.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Reading;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.escalation.LadderSubjects;
import org.jalur.node.escalation.Ladders;
import org.jalur.node.escalation.OtherClocks;
import org.jalur.node.exchange.Channel;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.register.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Lifts that are due and that nobody confirms: the platform climbs, the authority is silent. */
@Component
class SilentLifts implements LadderSubjects {
    private static final Logger log = LoggerFactory.getLogger(SilentLifts.class);
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final AccessBlocks blocks;
    private final BlockLooks looks;
    private final Agreements agreements;
    private final Ladders ladders;
    private final OtherClocks clocks;
    private final Notifications notifications;
    private final TransactionTemplate transactions;
    private final boolean authority;
    private final Clock clock;

    SilentLifts(
            JdbcClient jdbc,
            AccessBlocks blocks,
            BlockLooks looks,
            Agreements agreements,
            Ladders ladders,
            OtherClocks clocks,
            Notifications notifications,
            TransactionTemplate transactions,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.looks = looks;
        this.agreements = agreements;
        this.ladders = ladders;
        this.clocks = clocks;
        this.notifications = notifications;
        this.transactions = transactions;
        this.authority = register.isAuthority();
        this.clock = clock;
    }

    @Override
    public Silence about() {
        return Silence.LIFT;
    }

    @Override
    public Kind call() {
        return Kind.LIFT_CALL;
    }

    @Override
    public Optional<Kind> step() {
        return Optional.of(Kind.LIFT_STEP);
    }

    /** A block may have several, each with a page of its own. */
    @Override
    public String place(Subject subject) {
        return subject.page() + "/ladders/" + subject.id();
    }

    @Override
    public List<Subject> of(Collection<SubjectKey> keys) {
        List<UUID> found =
                jdbc.sql(
                                """
                                select block from access_events join messages on messages.id = access_events.message
                                where channel = any(:channels) and message_id = any(:ids)
                                union select id from access_orders
                                where channel = any(:channels) and order_id = any(:ids)
                                """)
                        .param(
                                "channels",
                                keys.stream()
                                        .map(SubjectKey::channel)
                                        .distinct()
                                        .toArray(Integer[]::new))
                        .param("ids", keys.stream().map(SubjectKey::subject).toArray(UUID[]::new))
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list();
        if (found.isEmpty()) {
            return List.of();
        }
        Map<Hash, Agreement> versions = new HashMap<>();
        return blocks.readable(found).stream()
                .flatMap(block ->
                        Lift.of(block).stream()
                                .filter(lift ->
                                        keys.contains(
                                                new SubjectKey(block.channel().id(), lift.id())))
                                .map(lift ->
                                        subject(
                                                block,
                                                lift,
                                                versions.computeIfAbsent(
                                                        block.agreement(), _ -> terms(block)))))
                .toList();
    }

    private Agreement terms(Block block) {
        return agreements.of(block.channel(), block.agreement()).agreement();
    }

    private static Subject subject(Block block, Lift lift, Agreement terms) {
        return new Subject(
                lift.id(),
                block.id(),
                block.channel(),
                block.of().reference(),
                block.agreement(),
                terms,
                lift.message(),
                rule(terms),
                lift.events());
    }

    private static ClockRule rule(Agreement terms) {
        return ClockRule.forLift(terms).orElseThrow();
    }

    /**
     * Those that have begun, the first due at first.
     *
     * @throws org.jalur.node.web.ProblemException 404 if there is no such block
     */
    @Override
    public List<SubjectKey> on(UUID page) {
        Instant now = clock.instant();
        Block block = blocks.one(page);
        return Lift.of(block).stream()
                .filter(lift -> lift.hasBegun(now))
                .map(lift -> new SubjectKey(block.channel().id(), lift.id()))
                .toList();
    }

    /** Both sides have the clocks; the platform alone has ladders to climb. */
    @Override
    public int takeUp() {
        int opened = 0;
        UUID last = new UUID(0, 0);
        List<UUID> some = after(last);
        while (!some.isEmpty()) {
            for (UUID block : some) {
                opened += takeUp(block);
            }
            last = some.getLast();
            some = after(last);
        }
        return opened;
    }

    /** A block that cannot be worked out holds up no other. */
    private int takeUp(UUID block) {
        try {
            Integer rows = transactions.execute(_ -> settle(block));
            return rows == null ? 0 : rows;
        } catch (RuntimeException e) {
            log.error("lifts of access block {} are not counted", block, e);
            return 0;
        }
    }

    private List<UUID> after(UUID last) {
        return jdbc.sql("select id from access_orders where id > :last order by id limit :most")
                .param("last", last)
                .param("most", AT_ONCE)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * What is kept of a block's lifts is as its messages say now: clocks, and rows of ladders.
     *
     * @return how many ladders have a row
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int settle(UUID id) {
        looks.hold(id);
        // A platform looks at no order: of two at once the later one reads what the other wrote.
        jdbc.sql("select id from access_orders where id = :id for no key update")
                .param("id", id)
                .query(UUID.class)
                .list();
        return blocks.readable(List.of(id)).stream().mapToInt(this::settle).sum();
    }

    private int settle(Block block) {
        Instant now = clock.instant();
        Agreement terms = terms(block);
        List<Lift> lifts = Lift.of(block);
        clocks.set(
                Silence.LIFT,
                block.channel().id(),
                block.id(),
                BlockPages.HERE + "/" + block.id(),
                lifts.stream()
                        .filter(Lift::isOpen)
                        .flatMap(lift -> running(block, lift, rule(terms)).stream())
                        .toList());
        if (lifts.stream().noneMatch(lift -> lift.isOpen(now))) {
            notifications.settled(block.id(), Kind.LIFT_STEP);
        }
        return authority || terms.ladder(Silence.LIFT).isEmpty() ? 0 : open(block, lifts, now);
    }

    private static Optional<OtherClocks.Running> running(Block block, Lift lift, ClockRule rule) {
        return lift.receivedAt()
                .flatMap(since ->
                        org.jalur.agreement.clock.Clock.read(rule, lift.events(), since)
                                        instanceof Reading.Running(_, var due)
                                ? Optional.of(
                                        new OtherClocks.Running(
                                                lift.id(),
                                                block.of().reference(),
                                                block.of().organisation(),
                                                since,
                                                due))
                                : Optional.empty());
    }

    /** Lifts that were ahead and are none any more are looked at as well, and their rows go. */
    private int open(Block block, List<Lift> lifts, Instant now) {
        Channel channel = block.channel();
        Map<UUID, Instant> looks = new HashMap<>();
        lifts.stream().filter(Lift::isOpen).forEach(lift -> looks.put(lift.id(), now));
        if (!looks.isEmpty()) {
            ladders.open(channel.id(), Silence.LIFT, looks);
        }
        ladders.lookNow(
                channel.id(),
                Silence.LIFT,
                Stream.concat(
                                Stream.of(block.order()),
                                block.said().stream().map(Block.Happened::id))
                        .toList());
        return looks.size();
    }
}
