package org.jalur.node.access;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.access.order.Condition;
import org.jalur.log.Hash;
import org.jalur.node.contacts.SeenRepresentatives;
import org.jalur.node.exchange.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Conditions that this node sees to be met, each with the message that shows it; a person decides
 * whether it does. What was so before the order was sent shows nothing.
 */
@Component
class ConditionsSeen {
    private final JdbcClient jdbc;
    private final SeenRepresentatives representatives;
    private final Clock clock;

    ConditionsSeen(JdbcClient jdbc, SeenRepresentatives representatives, Clock clock) {
        this.jdbc = jdbc;
        this.representatives = representatives;
        this.clock = clock;
    }

    /**
     * @param message digest of the message that shows it
     */
    record Offer(Condition condition, Hash message) {}

    List<Offer> offers(Block block, List<Condition> unmet) {
        List<Offer> offers = new ArrayList<>();
        for (Condition condition : unmet) {
            shown(block.channel(), condition, block.sentAt())
                    .ifPresent(message -> offers.add(new Offer(condition, message)));
        }
        return List.copyOf(offers);
    }

    private Optional<Hash> shown(Channel channel, Condition condition, Instant since) {
        return switch (condition) {
            case Condition.AgreementInForce _ -> signed(channel, since);
            case Condition.RepresentativeConfirmed(var country) ->
                    representatives.confirmed(channel, country, since, clock.instant());
            case Condition.ContentGone(var list, var items) -> gone(channel, list, items);
            case Condition.ContactAnswers _ -> answered(channel, since);
            case Condition.Other _ -> Optional.empty();
        };
    }

    /** The signature that made a version signed by both. */
    private Optional<Hash> signed(Channel channel, Instant since) {
        return first(
                """
                select messages.digest from agreement_acts signed join messages on messages.id = signed.message
                where signed.channel = :channel and signed.kind = 'signed' and signed.at > :since
                    and 2 = (select count(distinct side) from agreement_acts both_sides
                        where both_sides.channel = signed.channel and both_sides.proposal = signed.proposal
                            and both_sides.kind = 'signed')
                order by signed.at desc limit 1
                """,
                channel,
                since);
    }

    private Optional<Hash> answered(Channel channel, Instant since) {
        return first(
                """
                select digest from drill_answers join drills on drills.no = drill
                join messages on messages.id = drill_answers.message
                where drills.channel = :channel and drills.direction = 'out' and drills.sent_at > :since
                    and drill_answers.received_at <= drills.answer_by
                order by drill_answers.received_at desc limit 1
                """,
                channel,
                since);
    }

    private Optional<Hash> first(String sql, Channel channel, Instant since) {
        return jdbc.sql(sql)
                .param("channel", channel.id())
                .param("since", BlockLooks.at(since))
                .query((row, _) -> Hash.of(row.getBytes("digest")))
                .optional();
    }

    /** The last report of measures, once every item of the notice was measured gone. */
    private Optional<Hash> gone(Channel channel, Hash list, int items) {
        return jdbc.sql(
                        """
                        select measured.digest from messages listing
                        join notices on notices.message = listing.id
                        join messages measured on measured.channel = listing.channel
                            and measured.about = listing.message_id and measured.kind = 'measures'
                        where listing.channel = :channel and listing.digest = :list
                            and :items = (select count(*) from notice_items
                                where notice = notices.id and enforcement = 'gone')
                        order by measured.id desc limit 1
                        """)
                .param("channel", channel.id())
                .param("list", list.bytes())
                .param("items", items)
                .query((row, _) -> Hash.of(row.getBytes("digest")))
                .optional();
    }
}
