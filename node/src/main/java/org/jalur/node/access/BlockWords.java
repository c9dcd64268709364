package org.jalur.node.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Concern;
import org.jalur.access.check.Finding;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Condition.Evidence;
import org.jalur.access.order.OrderEvent;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.springframework.stereotype.Component;

/** Orders, findings and events in the reader's language. */
@Component("blockWords")
class BlockWords {
    private static final int NAMED = 10;

    private final Texts texts;
    private final Moments moments;

    BlockWords(Texts texts, Moments moments) {
        this.texts = texts;
        this.moments = moments;
    }

    /** What is wrong, and the way out. */
    public String error(InvalidAccessException e) {
        return texts.say(
                "access-rule." + BlockViews.word(e.rule()),
                e.values().stream().map(one -> value(e.rule(), one)).toArray());
    }

    private Object value(AccessRule rule, Object value) {
        return switch (value) {
            case Instant time -> moments.full(time);
            case Duration time -> texts.say("access.hours", time.toHours());
            case Condition condition -> condition(condition);
            case String word when rule == AccessRule.STATE -> texts.name("block-state", word);
            case Collection<?> all ->
                    all.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
            default -> String.valueOf(value);
        };
    }

    /** How much time is left. */
    public Moments.Deadline left(Instant time) {
        return moments.deadline(time, Optional.empty());
    }

    /** What blocking a name would hit besides. */
    public String finding(Finding finding) {
        if (finding.concern() == Concern.MALFORMED) {
            try {
                DomainName.read(finding.name());
            } catch (InvalidAccessException e) {
                return texts.say("concern.malformed", finding.name(), error(e));
            }
        }
        Object[] values = new Object[finding.values().size() + 1];
        values[0] = finding.name();
        for (int i = 1; i < values.length; i++) {
            values[i] = finding.values().get(i - 1);
        }
        return texts.say("concern." + BlockViews.word(finding.concern()), values);
    }

    public String condition(Condition condition) {
        return switch (condition) {
            case Condition.AgreementInForce _ -> texts.say("access.condition.agreement");
            case Condition.RepresentativeConfirmed(var country) ->
                    texts.say("access.condition.representative", country);
            case Condition.ContentGone(_, var items) -> texts.say("access.condition.gone", items);
            case Condition.ContactAnswers _ -> texts.say("access.condition.contact");
            case Condition.Other(var words) -> words;
        };
    }

    /** What happened, beside the name of the event; empty if that says it all. */
    public String says(Block.What what) {
        return switch (what) {
            case Block.What.Event(var event, var heard) -> says(event, heard);
            case Block.What.Answer(var answer) -> answer.text();
            case Block.What.Refused(var refusal) ->
                    texts.say("notice.refused", refusal.clause(), refusal.reason());
            case Block.What.Gone _ -> texts.say("item.erased");
        };
    }

    private String says(OrderEvent event, Optional<String> heard) {
        return switch (event) {
            case OrderEvent.Approved approved -> texts.say("access.by", approved.by());
            case OrderEvent.Announced(var proof, _) ->
                    switch (proof) {
                        case Proof.Receipt _ -> texts.say("access.said.receipt");
                        case Proof.Attempt _ -> texts.say("access.said.attempt");
                    };
            case OrderEvent.Withdrawn(var reason, _) -> reason;
            case OrderEvent.Answered _ -> "";
            case OrderEvent.ConditionMet(var condition, var evidence, _) ->
                    condition(condition)
                            + " – "
                            + heard.orElseGet(() ->
                                    switch (evidence) {
                                        case Evidence.SignedMessage(var digest) ->
                                                texts.say(
                                                        "access.said.message",
                                                        digest.hex().substring(0, 16));
                                        case Evidence.JournaledRecord _ -> texts.say("item.erased");
                                    });
            case OrderEvent.LiftPromised(var liftAt, _) -> moments.full(liftAt);
            case OrderEvent.Renewed renewed ->
                    texts.say(
                            "access.said.renewed",
                            moments.full(renewed.endsAt()),
                            moments.full(renewed.reviewAt()),
                            renewed.reasons(),
                            renewed.by() + ", " + renewed.alsoBy());
            case OrderEvent.BlockPublished(var serial, _) ->
                    texts.say("access.said.serial", Long.toString(serial));
            case OrderEvent.LiftOrdered lift ->
                    texts.say(
                            "access.said.lift",
                            names(lift.names()),
                            lift.reason(),
                            lift.by() + lift.alsoBy().map(one -> ", " + one).orElse(""));
            case OrderEvent.LiftPublished(var serial, _) ->
                    texts.say("access.said.serial", Long.toString(serial));
            case OrderEvent.LiftMeasured(var open, var unreachable, _) ->
                    unreachable.isEmpty()
                            ? texts.say("access.said.open", names(open))
                            : texts.say("access.said.unreachable", names(open), names(unreachable));
            case OrderEvent.Objected(var id, var answerBy, _) ->
                    texts.say("access.said.objected", id, moments.full(answerBy));
            case OrderEvent.ObjectionAnswered(var id, var upheld, var reasons, _) ->
                    texts.say(upheld ? "access.said.upheld" : "access.said.rejected", id, reasons);
        };
    }

    private String names(Collection<DomainName> names) {
        String first =
                names.stream()
                        .limit(NAMED)
                        .map(DomainName::ascii)
                        .collect(Collectors.joining(", "));
        return names.size() > NAMED ? texts.say("access.more", first, names.size() - NAMED) : first;
    }
}
