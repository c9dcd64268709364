package org.jalur.node.access;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockState;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Condition.Evidence;
import org.jalur.access.order.OrderEvent;
import org.jalur.agreement.AccessBlockTerms.People;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Parts;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an authority does about an order that was sent. Each is a message to the platform, and what
 * it changes in the zone is published in the same transaction.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
public class OrderActs {
    private final AccessBlocks blocks;
    private final BlockLooks looks;
    private final EventMessages messages;
    private final InForce inForce;
    private final SecondPeople second;
    private final Journal journal;
    private final Clock clock;

    OrderActs(
            AccessBlocks blocks,
            BlockLooks looks,
            EventMessages messages,
            InForce inForce,
            SecondPeople second,
            Journal journal,
            Clock clock) {
        this.blocks = blocks;
        this.looks = looks;
        this.messages = messages;
        this.inForce = inForce;
        this.second = second;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Records what another feature found: what was measured, an objection, its answer.
     *
     * @throws InvalidAccessException if it does not fit to what happened before
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(UUID id, OrderEvent event) {
        messages.send(held(id), event);
        inForce.settle(id);
    }

    private Block held(UUID id) {
        looks.hold(id);
        return blocks.one(id);
    }

    private void happened(Block block, OrderEvent event) {
        messages.send(block, event);
        inForce.settle(block.id());
    }

    /** The part that an event names as a record beside it; empty for all other events. */
    static Optional<Hash> recordOf(OrderEvent event) {
        return event instanceof OrderEvent.ConditionMet met
                        && met.evidence() instanceof Evidence.JournaledRecord(var leaf)
                ? Optional.of(leaf)
                : Optional.empty();
    }

    @Transactional
    public void withdraw(UUID id, String reason) {
        happened(held(id), new OrderEvent.Withdrawn(reason, now()));
    }

    /**
     * The order counts as announced by the vain try that stands in the journal: the platform's node
     * is silent, and no receipt has come.
     */
    @Transactional
    public void countAttempt(UUID id) {
        Block block = held(id);
        if (!(block.at(now()).state() instanceof BlockState.Approved)
                || block.receivedAt().isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "announced-already",
                    "Order %s is announced, or over; there is nothing to count.".formatted(id));
        }
        Instant tried =
                block.tenderedAt()
                        .map(at -> at.truncatedTo(ChronoUnit.MILLIS))
                        .filter(at -> !at.isBefore(block.sentAt()))
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "no-attempt",
                                        "No vain try to deliver order %s is journaled; configure a relay, or wait for the receipt."
                                                .formatted(id)));
        messages.sendAttempt(
                block, new OrderEvent.Announced(new Proof.Attempt(block.digest()), tried));
        inForce.settle(id);
    }

    @Transactional
    public void promise(UUID id, Instant liftAt) {
        happened(held(id), new OrderEvent.LiftPromised(liftAt, now()));
    }

    /** A message of the channel shows that a condition is met. */
    @Transactional
    public void meet(UUID id, Condition condition, Hash message) {
        Block block = held(id);
        if (!blocks.isMessage(block.channel(), message)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-message",
                    "No message of this channel has the digest %s; give one that has."
                            .formatted(message));
        }
        happened(
                block,
                new OrderEvent.ConditionMet(condition, new Evidence.SignedMessage(message), now()));
    }

    /** Somebody of this authority heard or read that a condition is met: a call, a letter. */
    @Transactional
    public void meet(UUID id, Condition condition, String words) {
        Block block = held(id);
        Part record = Parts.json(OrderMessages.RECORD, said(words));
        journal.append(EntryKind.RECORD, record.leaf());
        messages.send(
                block,
                new OrderEvent.ConditionMet(
                        condition, new Evidence.JournaledRecord(record.leaf()), now()),
                Optional.of(record));
        inForce.settle(id);
    }

    private static Said.Heard said(String words) {
        try {
            return new Said.Heard(words);
        } catch (MalformedMessageException e) {
            throw new InvalidAccessException("words", AccessRule.EMPTY);
        }
    }

    /**
     * Ends the block of names at once; of all that are in force if none is named.
     *
     * @return whether it is ordered now: where the agreement wants two people, the first waits
     */
    @Transactional
    public boolean lift(UUID id, Set<DomainName> names, String reason, Caller caller) {
        Block block = held(id);
        Set<DomainName> wanted =
                names.isEmpty()
                        ? block.at(now()).inForce().stream()
                                .map(BlockedName::name)
                                .collect(Collectors.toCollection(TreeSet::new))
                        : names;
        var alone =
                new OrderEvent.LiftOrdered(
                        wanted, reason, caller.pseudonym(), Optional.empty(), now());
        if (block.limits().liftBy() == People.ONE) {
            happened(block, alone);
            second.forget(id, SecondPeople.Kind.LIFT);
            return true;
        }
        block.course()
                .refusal(lift(alone, "another person"))
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return second.wants(id, SecondPeople.Kind.LIFT, SecondPeople.words(alone), caller)
                .map(first -> {
                    happened(block, lift(alone, first));
                    return true;
                })
                .orElse(false);
    }

    private static OrderEvent.LiftOrdered lift(OrderEvent.LiftOrdered one, String other) {
        return new OrderEvent.LiftOrdered(
                one.names(), one.reason(), one.by(), Optional.of(other), one.at());
    }

    /**
     * Puts the end off once a second person wants the same.
     *
     * @return whether it is renewed now
     */
    @Transactional
    public boolean renew(UUID id, String reasons, Instant reviewAt, Instant endsAt, Caller caller) {
        Block block = held(id);
        var wanted =
                new OrderEvent.Renewed(
                        reasons, "another person", caller.pseudonym(), reviewAt, endsAt, now());
        block.course()
                .refusal(wanted)
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return second.wants(id, SecondPeople.Kind.RENEWAL, SecondPeople.words(wanted), caller)
                .map(first -> {
                    happened(
                            block,
                            new OrderEvent.Renewed(
                                    reasons,
                                    first,
                                    caller.pseudonym(),
                                    reviewAt,
                                    endsAt,
                                    wanted.at()));
                    return true;
                })
                .orElse(false);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
