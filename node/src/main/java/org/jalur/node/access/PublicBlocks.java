package org.jalur.node.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.order.OrderEvent;
import org.jalur.agreement.AccessBlockTerms.People;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.channel.Part;
import org.jalur.evidence.Subject;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Clocks;
import org.jalur.node.journal.JournalSearch;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Blocks of this authority for everybody, from the moment when they come in force; what was
 * announced only, or withdrawn before, blocked nobody.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
public class PublicBlocks {
    /** For agreements that say nothing about objections. */
    private static final Duration USUAL = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final AccessBlocks blocks;
    private final Agreements agreements;
    private final JournalSearch journal;
    private final Register register;
    private final Clock clock;

    PublicBlocks(
            JdbcClient jdbc,
            AccessBlocks blocks,
            Agreements agreements,
            JournalSearch journal,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.agreements = agreements;
        this.journal = journal;
        this.register = register;
        this.clock = clock;
    }

    /**
     * How an objection to a block is answered.
     *
     * @param answerBy when the clock runs out
     * @param byTwo whether two people must want the same answer: they must where a lift needs two
     */
    public record Terms(Instant answerBy, boolean byTwo) {}

    /**
     * What evidence of a block is made of.
     *
     * @param order id of its message
     */
    public record Exhibit(Channel channel, UUID order, Subject subject) {}

    /**
     * @throws ProblemException 404 if there is none that was in force
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public PublicBlock one(UUID id) {
        return find(id).orElseThrow(() -> AccessBlocks.unknown(id));
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<PublicBlock> find(UUID id) {
        return seen(blocks.find(id).stream().toList()).stream().findFirst();
    }

    /** Those of them that were in force, in the order asked for. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<PublicBlock> all(List<UUID> ids) {
        Map<UUID, Integer> places = new HashMap<>();
        ids.forEach(id -> places.putIfAbsent(id, places.size()));
        return seen(blocks.those(ids)).stream()
                .sorted(Comparator.comparing(one -> Objects.requireNonNull(places.get(one.id()))))
                .toList();
    }

    /** Blocks that make resolvers block a name now. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<PublicBlock> blocking(DomainName name) {
        List<String> above = new ArrayList<>();
        String ascii = name.ascii();
        for (int dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', dot + 1)) {
            above.add(ascii.substring(dot + 1));
        }
        List<UUID> found =
                jdbc.sql(
                                """
                                select distinct block from access_in_force
                                where ends_at > :now
                                    and (name = :name or (subdomains and name = any(:above)))
                                order by block limit 20
                                """)
                        .param("now", BlockLooks.at(clock.instant()))
                        .param("name", ascii)
                        .param("above", above.toArray(String[]::new))
                        .query((row, _) -> row.getObject("block", UUID.class))
                        .list();
        return all(found).stream().filter(one -> one.blocks(name)).toList();
    }

    private List<PublicBlock> seen(List<Block> found) {
        Instant now = clock.instant();
        List<Block> shown =
                found.stream().filter(Block::own).filter(one -> wasInForce(one, now)).toList();
        Map<Hash, Long> entries =
                journal.places(shown.stream().flatMap(one -> PublicView.digests(one)).toList());
        return shown.stream()
                .map(one -> new PublicView(one, now, entries).block(name(one.channel())))
                .toList();
    }

    private static boolean wasInForce(Block block, Instant now) {
        return block.course().effectAt(now).filter(at -> !at.isAfter(now)).isPresent();
    }

    private String name(Channel channel) {
        return register.peer(channel.peer()).map(one -> one.name()).orElse(channel.peer().value());
    }

    /**
     * @throws ProblemException 404 if there is no such block
     */
    public Terms terms(UUID id, Instant filedAt) {
        Block block = blocks.one(id);
        Agreement agreement = agreements.of(block.channel(), block.agreement()).agreement();
        return new Terms(
                ClockRule.forObjection(agreement)
                        .map(rule -> Clocks.due(rule, filedAt))
                        .orElseGet(() -> filedAt.plus(USUAL)),
                block.limits().liftBy() == People.TWO);
    }

    /** What was told of objections to a block, and counts. */
    public List<OrderEvent> objections(UUID id) {
        return blocks.one(id).course().events().stream()
                .filter(one ->
                        one instanceof OrderEvent.Objected
                                || one instanceof OrderEvent.ObjectionAnswered)
                .toList();
    }

    /** Whether evidence of it is for everybody; its parts are chosen by {@link #isPublic}. */
    public Exhibit exhibit(UUID id) {
        PublicBlock seen = one(id);
        Block block = blocks.one(seen.id());
        return new Exhibit(
                block.channel(),
                block.order(),
                new Subject(Subject.Kind.ACCESS_BLOCK, block.order()));
    }

    /**
     * What a part of a message about a block says to everybody: the order itself, and events that
     * name nobody. Approvals, renewals and lifts name people by pseudonym; answers to objections
     * may speak of whoever filed them.
     */
    public static boolean isPublic(Part part) {
        return switch (part.type()) {
            case OrderMessages.ORDER -> true;
            case OrderMessages.EVENT -> PublicView.namesNobody(part);
            default -> false;
        };
    }
}
