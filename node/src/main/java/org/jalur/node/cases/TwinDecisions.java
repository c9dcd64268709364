package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.cases.DecisionForm.Group;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a decision about an item means for the same item in other notices. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class TwinDecisions {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final Agreements agreements;
    private final PartStore parts;

    TwinDecisions(JdbcClient jdbc, Channels channels, Agreements agreements, PartStore parts) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.agreements = agreements;
        this.parts = parts;
    }

    /**
     * What becomes of a twin.
     *
     * @param group what is decided about it; absent if it is left
     * @param waits whether a second reviewer must confirm that, by its own agreement
     */
    record Carried(
            Twins.Twin twin, Optional<Group> group, boolean waits, Optional<Carrying.Left> left) {}

    /** What a case says about itself. */
    private record Side(
            UUID id,
            Channel channel,
            Hash agreement,
            String category,
            NoticeKind kind,
            String reference,
            String organisation,
            Hash facts) {}

    /**
     * @param chosen what is decided, by the number of the item
     * @param twins undecided ones of these items
     */
    List<Carried> of(
            UUID id, Map<Integer, Group> chosen, Collection<Twins.Twin> twins, Caller reviewer) {
        if (twins.isEmpty()) {
            return List.of();
        }
        Map<UUID, Side> sides = new HashMap<>();
        sides(id, twins).forEach(side -> sides.put(side.id(), side));
        Side own = Optional.ofNullable(sides.get(id)).orElseThrow();
        var carrying =
                new Carrying(
                        own.category(),
                        List.of(own.reference(), own.organisation(), own.channel().peer().value()));
        Map<UUID, String> bases = bases(sides.values());
        return twins.stream()
                .flatMap(twin ->
                        Optional.ofNullable(chosen.get(twin.no()))
                                .map(group ->
                                        carried(
                                                twin,
                                                group,
                                                carrying,
                                                Optional.ofNullable(sides.get(twin.id()))
                                                        .orElseThrow(),
                                                policy(group, bases, id, twin.id()),
                                                reviewer))
                                .stream())
                .toList();
    }

    private Carried carried(
            Twins.Twin twin,
            Group group,
            Carrying carrying,
            Side side,
            String policy,
            Caller reviewer) {
        Group others = group.about(twin.other(), policy);
        Agreement terms = agreements.of(side.channel(), side.agreement()).agreement();
        boolean claimed =
                twin.claim()
                        .filter(claim -> !claim.reviewer().equals(reviewer.pseudonym()))
                        .isPresent();
        Optional<Carrying.Left> left =
                claimed
                        ? Optional.of(Carrying.Left.CLAIMED)
                        : twin.unconfirmed()
                                ? Optional.of(Carrying.Left.UNCONFIRMED)
                                : carrying.left(others, terms, side.category());
        return left.isPresent()
                ? new Carried(twin, Optional.empty(), false, left)
                : new Carried(
                        twin,
                        Optional.of(others),
                        terms.secondReview()
                                .needed(side.category(), side.kind(), twin.kind(), group.outcome()),
                        left);
    }

    /** Where the policy is the law that the first notice names, each notice has its own. */
    private static String policy(Group group, Map<UUID, String> bases, UUID own, UUID other) {
        return group.policy().strip().equals(bases.get(own))
                ? Optional.ofNullable(bases.get(other)).orElse(group.policy())
                : group.policy();
    }

    private List<Side> sides(UUID id, Collection<Twins.Twin> twins) {
        return jdbc.sql(
                        """
                        select id, channel, agreement, category, kind, reference, organisation, facts_leaf from cases
                        where id = :id or id = any(:twins)
                        """)
                .param("id", id)
                .param("twins", twins.stream().map(Twins.Twin::id).distinct().toArray(UUID[]::new))
                .query(this::side)
                .list();
    }

    private Side side(ResultSet row, int number) throws SQLException {
        return new Side(
                row.getObject("id", UUID.class),
                channels.byId(row.getInt("channel")),
                Hash.of(row.getBytes("agreement")),
                row.getString("category"),
                NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("reference"),
                row.getString("organisation"),
                Hash.of(row.getBytes("facts_leaf")));
    }

    private Map<UUID, String> bases(Collection<Side> sides) {
        Map<UUID, String> bases = new HashMap<>();
        for (Side side : sides) {
            parts.open(side.channel(), side.facts())
                    .map(part -> Parts.read(part, NoticeFacts.class).legalBasis())
                    .ifPresent(basis ->
                            bases.put(side.id(), basis.instrument() + ", " + basis.article()));
        }
        return bases;
    }
}
