package org.jalur.node.appeals;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.enforcement.AppealLinks;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DecisionViews;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an affected user may know of a restriction: what, why, at whose demand; and no person. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Restrictions {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final PartStore parts;
    private final DecisionViews decisions;
    private final Clock clock;

    Restrictions(
            JdbcClient jdbc,
            Channels channels,
            PartStore parts,
            DecisionViews decisions,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parts = parts;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * @param kind of the item
     * @param url absent once the content was erased, like its text
     * @param facts absent once they were erased
     * @param outcome blocked or withheld
     * @param countries in which it is withheld; none for everywhere
     * @param reason empty once it was erased
     */
    record Restriction(
            String kind,
            Optional<String> url,
            Optional<String> text,
            Optional<NoticeFacts> facts,
            String outcome,
            List<String> countries,
            String policy,
            String reason,
            Instant decidedAt) {}

    private record Row(
            int channel, String kind, Hash item, Hash facts, Optional<Instant> tellFrom) {}

    private Row row(AppealLinks.Link link) {
        return jdbc.sql(
                        """
                        select channel, tell_from, facts_leaf, case_items.kind, case_items.leaf from cases
                        join case_items on case_items.case_id = cases.id and case_items.no = :no
                        where cases.id = :case
                        """)
                .param("case", link.caseId())
                .param("no", link.no())
                .query((row, _) ->
                        new Row(
                                row.getInt("channel"),
                                row.getString("kind"),
                                Hash.of(row.getBytes("leaf")),
                                Hash.of(row.getBytes("facts_leaf")),
                                Optional.ofNullable(
                                                row.getObject("tell_from", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                .single();
    }

    /** Whether an order still forbids that anybody is told of it. */
    boolean isUndisclosed(AppealLinks.Link link) {
        return row(link).tellFrom().filter(clock.instant()::isBefore).isPresent();
    }

    Restriction of(AppealLinks.Link link) {
        Row row = row(link);
        Channel channel = channels.byId(row.channel());
        Map<Hash, Part> opened = parts.open(channel, List.of(row.item(), row.facts()));
        Optional<Item> item =
                Optional.ofNullable(opened.get(row.item()))
                        .map(part -> Parts.read(part, Item.class));
        DecisionViews.View decision =
                decisions
                        .of(link.caseId(), channel, link.no(), link.no())
                        .getOrDefault(link.no(), List.of())
                        .stream()
                        .filter(one ->
                                one.outcome().equals("blocked") || one.outcome().equals("withheld"))
                        .reduce((_, later) -> later)
                        .orElseThrow();
        return new Restriction(
                row.kind(),
                item.map(Item::url),
                item.flatMap(Item::text),
                Optional.ofNullable(opened.get(row.facts()))
                        .map(part -> Parts.read(part, NoticeFacts.class)),
                decision.outcome(),
                decision.countries(),
                decision.reasons().map(DecisionReasons::policy).orElse(""),
                decision.reasons().map(DecisionReasons::reason).orElse(""),
                decision.decidedAt());
    }
}
