package org.jalur.node.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Answered;
import org.jalur.access.order.BlockedName;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Ground;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.order.Standing;
import org.jalur.access.text.EventText;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

/** One block, read for everybody: who did what is left out, what was done is not. */
final class PublicView {
    private final Block block;
    private final Map<Hash, Long> entries;
    private final Standing standing;
    private final List<OrderEvent> events;

    /**
     * @param entries places in the journal by digest, as far as they are published
     */
    PublicView(Block block, Instant now, Map<Hash, Long> entries) {
        this.block = block;
        this.entries = entries;
        this.standing = block.at(now);
        this.events =
                block.course().events().stream().filter(one -> !one.at().isAfter(now)).toList();
    }

    /** Whose places in the journal the view tells. */
    static Stream<Hash> digests(Block block) {
        Stream<Hash> notices =
                switch (block.of().ground()) {
                    case Ground.UnansweredNotices(var all, _) ->
                            all.stream().map(Ground.Unanswered::notice);
                    case Ground.Other _ -> Stream.empty();
                };
        return Stream.concat(Stream.of(block.digest()), notices);
    }

    PublicBlock block(String platform) {
        return new PublicBlock(
                block.id(),
                block.of().reference(),
                block.of().organisation(),
                platform,
                standing.state().word(),
                names(),
                ground(),
                new PublicBlock.Basis(
                        block.of().legalBasis().instrument(), block.of().legalBasis().article()),
                scope(),
                block.course().effectAt(Instant.MAX).orElseThrow(),
                standing.reviewAt(),
                standing.endsAt(),
                standing.promisedLift(),
                block.of().conditions().stream().map(this::wish).toList(),
                of(OrderEvent.Renewed.class)
                        .map(one ->
                                new PublicBlock.Renewal(
                                        one.at(), one.reasons(), one.reviewAt(), one.endsAt()))
                        .toList(),
                lifts(),
                block.approvals().approvals().size(),
                of(OrderEvent.Answered.class).map(OrderEvent::at).findFirst(),
                block.digest().hex(),
                entry(block.digest()));
    }

    private <T extends OrderEvent> Stream<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    private Optional<Long> entry(Hash digest) {
        return Optional.ofNullable(entries.get(digest));
    }

    private List<PublicBlock.Name> names() {
        Set<DomainName> inForce =
                standing.inForce().stream().map(BlockedName::name).collect(Collectors.toSet());
        Map<DomainName, String> measured = new HashMap<>();
        of(OrderEvent.LiftMeasured.class)
                .forEach(one -> {
                    one.open().forEach(name -> measured.put(name, "open"));
                    one.unreachable().forEach(name -> measured.putIfAbsent(name, "unreachable"));
                });
        return block.of().names().stream()
                .map(one ->
                        new PublicBlock.Name(
                                one.name().ascii(),
                                one.withSubdomains(),
                                inForce.contains(one.name())
                                        ? "blocked"
                                        : measured.getOrDefault(one.name(), "lifting")))
                .toList();
    }

    private PublicBlock.Ground ground() {
        return switch (block.of().ground()) {
            case Ground.UnansweredNotices(var notices, var step) ->
                    new PublicBlock.Ground(
                            "unanswered_notices",
                            Optional.of(step),
                            notices.stream()
                                    .map(one ->
                                            new PublicBlock.Notice(
                                                    one.notice().hex(), entry(one.notice())))
                                    .toList(),
                            Optional.empty());
            case Ground.Other(var reason) ->
                    new PublicBlock.Ground(
                            "other", Optional.empty(), List.of(), Optional.of(reason));
        };
    }

    private PublicBlock.Scope scope() {
        return new PublicBlock.Scope(
                BlockViews.word(block.of().scope().meant()),
                block.of().scope().alsoHits(),
                block.checked().findings().stream().map(PublicView::found).toList());
    }

    private static PublicBlock.Found found(Answered answered) {
        return new PublicBlock.Found(
                answered.finding().name(),
                BlockViews.word(answered.finding().concern()),
                answered.finding().values(),
                answered.finding().sentence(),
                answered.reason());
    }

    private PublicBlock.Wish wish(Condition condition) {
        Optional<Instant> metAt =
                of(OrderEvent.ConditionMet.class)
                        .filter(one -> one.condition().equals(condition))
                        .map(OrderEvent::at)
                        .findFirst();
        return switch (condition) {
            case Condition.AgreementInForce _ -> wish("agreement_in_force", metAt);
            case Condition.ContactAnswers _ -> wish("contact_answers", metAt);
            case Condition.RepresentativeConfirmed(var country) ->
                    new PublicBlock.Wish(
                            "representative_confirmed",
                            Optional.of(country),
                            Optional.empty(),
                            Optional.empty(),
                            metAt);
            case Condition.ContentGone(_, var items) ->
                    new PublicBlock.Wish(
                            "content_gone",
                            Optional.empty(),
                            Optional.of(items),
                            Optional.empty(),
                            metAt);
            case Condition.Other(var words) ->
                    new PublicBlock.Wish(
                            "other", Optional.empty(), Optional.empty(), Optional.of(words), metAt);
        };
    }

    private static PublicBlock.Wish wish(String type, Optional<Instant> metAt) {
        return new PublicBlock.Wish(
                type, Optional.empty(), Optional.empty(), Optional.empty(), metAt);
    }

    /** Each as it was ordered; what was left at the end date ended by itself. */
    private List<PublicBlock.Lift> lifts() {
        List<PublicBlock.Lift> lifts = new ArrayList<>();
        Set<DomainName> lifted = new HashSet<>();
        of(OrderEvent.LiftOrdered.class)
                .forEach(one -> {
                    lifts.add(
                            new PublicBlock.Lift(
                                    one.at(),
                                    "ordered",
                                    Optional.of(one.reason()),
                                    one.names().stream().map(DomainName::ascii).toList()));
                    lifted.addAll(one.names());
                });
        List<String> left =
                block.of().names().stream()
                        .map(BlockedName::name)
                        .filter(one -> !lifted.contains(one))
                        .map(DomainName::ascii)
                        .toList();
        if (standing.inForce().isEmpty() && !left.isEmpty()) {
            lifts.add(new PublicBlock.Lift(standing.endsAt(), "term", Optional.empty(), left));
        }
        return lifts;
    }

    /** Whether an event's part holds no pseudonym, and no words about a person. */
    static boolean namesNobody(Part part) {
        try {
            return switch (EventText.read(part.bytes())) {
                case OrderEvent.Announced _,
                        OrderEvent.Withdrawn _,
                        OrderEvent.Answered _,
                        OrderEvent.ConditionMet _,
                        OrderEvent.LiftPromised _,
                        OrderEvent.BlockPublished _,
                        OrderEvent.LiftPublished _,
                        OrderEvent.LiftMeasured _ ->
                        true;
                case OrderEvent.Approved _,
                        OrderEvent.Renewed _,
                        OrderEvent.LiftOrdered _,
                        OrderEvent.Objected _,
                        OrderEvent.ObjectionAnswered _ ->
                        false;
            };
        } catch (MalformedMessageException | InvalidAccessException _) {
            return false;
        }
    }
}
