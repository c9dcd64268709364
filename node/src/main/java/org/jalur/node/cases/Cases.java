package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.deconfliction.HeldBack;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.DecisionRecords.Decided;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.screening.SignatureModes;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What reviewers decide about the items of a case that they have claimed. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Cases {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final Exchange exchange;
    private final DecisionRecords decisions;
    private final Enforcement enforcement;
    private final Twins twins;
    private final TwinDecisions twinDecisions;
    private final Claims claims;
    private final HeldBack heldBack;
    private final Journal journal;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    Cases(
            JdbcClient jdbc,
            Channels channels,
            Exchange exchange,
            DecisionRecords decisions,
            Enforcement enforcement,
            Twins twins,
            TwinDecisions twinDecisions,
            Claims claims,
            HeldBack heldBack,
            Journal journal,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.exchange = exchange;
        this.decisions = decisions;
        this.enforcement = enforcement;
        this.twins = twins;
        this.twinDecisions = twinDecisions;
        this.claims = claims;
        this.heldBack = heldBack;
        this.journal = journal;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** An item that can be decided now. */
    private record OpenItem(int no, ItemKind kind) {
        static OpenItem from(ResultSet row, int number) throws SQLException {
            return new OpenItem(
                    row.getInt("no"),
                    ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
        }
    }

    /** A message that is not sent yet, for what is written. */
    private record Outgoing(int channel, Runnable send) {}

    /** Decide, journal, send and order the measures: one transaction, twins included. */
    @Transactional
    public void decide(UUID id, DecisionForm form, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Set<UUID> locked = lockTwins(id, form);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.requireClaimedBy(id, reviewer.account(), now);
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        var outgoing = new ArrayList<Outgoing>();
        Map<UUID, String> explained = new TreeMap<>(explained(id, chosen));
        outgoing.add(write(id, one, chosen, reviewer, now));
        if (!locked.isEmpty()) {
            Map<UUID, Map<Integer, DecisionForm.Group>> carried = new TreeMap<>();
            for (TwinDecisions.Carried twin :
                    twinDecisions.of(id, chosen, twins.undecided(id, chosen.keySet()), reviewer)) {
                twin.group()
                        .filter(_ -> locked.contains(twin.twin().id()))
                        .filter(group -> mayBeTaken(twin.twin(), group))
                        .ifPresent(group ->
                                carried.computeIfAbsent(twin.twin().id(), _ -> new TreeMap<>())
                                        .putIfAbsent(twin.twin().other(), group));
            }
            carried.forEach((other, groups) -> {
                LockedCase twin = LockedCase.lock(jdbc, other);
                explained.putAll(explained(other, groups));
                claims.open(other, !twin.acknowledged(), reviewer, now);
                outgoing.add(write(other, twin, groups, reviewer, now));
            });
        }
        for (HeldBack.Explanation explanation : heldBack.explain(explained, reviewer)) {
            outgoing.add(
                    new Outgoing(explanation.channel().id(), () -> heldBack.send(explanation)));
        }
        // Last, for whoever sends next on a channel waits until this transaction ends.
        outgoing.stream()
                .sorted(Comparator.comparingInt(Outgoing::channel))
                .forEach(each -> each.send().run());
    }

    /** Which of these items an authority asks to be left where they are, and would not be. */
    private Map<Integer, List<HeldBack.Held>> heldBack(
            UUID id, Map<Integer, DecisionForm.Group> chosen) {
        return heldBack.of(
                id,
                chosen.entrySet().stream()
                        .filter(one -> one.getValue().outcome().isRestriction())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** A twin is not taken away against a note that nobody explained anything to. */
    private boolean mayBeTaken(Twins.Twin twin, DecisionForm.Group group) {
        return group.despiteNote().filter(text -> !text.isBlank()).isPresent()
                || heldBack(twin.id(), Map.of(twin.other(), group)).isEmpty();
    }

    /** Taking such an item away is allowed, for emergencies, and then it is explained. */
    private Map<UUID, String> explained(UUID id, Map<Integer, DecisionForm.Group> chosen) {
        Map<UUID, String> reasons = new TreeMap<>();
        heldBack(id, chosen)
                .forEach((no, held) -> {
                    DecisionForm.Group group = Optional.ofNullable(chosen.get(no)).orElseThrow();
                    String reason =
                            group.despiteNote()
                                    .filter(text -> !text.isBlank())
                                    .orElseThrow(() ->
                                            LockedCase.conflict(
                                                    "under-investigation",
                                                    "An authority asks that item %d stays until %s, for an investigation. To take it away all the same, say why in despiteNote."
                                                            .formatted(no, held.getFirst().until()),
                                                    no,
                                                    held.getFirst().until()));
                    held.forEach(one -> reasons.put(one.note(), reason));
                });
        return reasons;
    }

    /** All rows are taken in one order, so that two people with twins never wait for each other. */
    private Set<UUID> lockTwins(UUID id, DecisionForm form) {
        if (!form.withTwins()) {
            return Set.of();
        }
        Set<UUID> others =
                twins.undecided(id, openItems(id).keySet()).stream()
                        .map(Twins.Twin::id)
                        .collect(Collectors.toSet());
        List<UUID> all = new ArrayList<>(others);
        all.add(id);
        jdbc.sql("select id from cases where id = any(:ids) order by id for no key update")
                .param("ids", all.toArray(UUID[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        return others;
    }

    private Outgoing write(
            UUID id,
            LockedCase one,
            Map<Integer, DecisionForm.Group> chosen,
            Caller reviewer,
            Instant now) {
        var parts = new ArrayList<Part>();
        var decided = new ArrayList<Decided>();
        var restrictions = new ArrayList<Enforcement.Restriction>();
        Map<Integer, ItemKind> kinds = openItems(id);
        chosen.forEach((no, group) -> {
            var facts =
                    new DecisionFacts(
                            no,
                            group.outcome(),
                            group.ground(),
                            group.countries().orElse(List.of()),
                            reviewer.role().wire(),
                            now);
            Part reasons =
                    Parts.json(
                            "decision",
                            new DecisionReasons(
                                    no, group.policy(), group.reason(), reviewer.pseudonym()));
            parts.add(Parts.json("decision-facts", facts));
            parts.add(reasons);
            decided.add(new Decided(facts, reasons.leaf()));
            if (group.outcome().isRestriction()) {
                restrictions.add(
                        new Enforcement.Restriction(
                                no,
                                Optional.ofNullable(kinds.get(no)).orElseThrow(),
                                facts.countries(),
                                group.signatures().orElse(SignatureModes.DEFAULT),
                                one.tellFrom().filter(now::isBefore)));
            }
        });
        decisions.setStates(ItemStates.Of.CASE, id, decided);
        journal.appendAll(EntryKind.DECISION, decided.stream().map(Decided::leaf).toList());
        enforcement.restrict(id, restrictions);
        settle(id, now);
        timeline.add(id, "decided", reviewer.role().wire(), "%d items".formatted(decided.size()));
        return new Outgoing(one.channel(), () -> send(id, one, parts, decided));
    }

    private void send(UUID id, LockedCase one, List<Part> parts, List<Decided> decided) {
        SentMessage sent =
                exchange.send(
                        channels.byId(one.channel()),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.DECISION,
                                Optional.of(one.notice()),
                                Optional.of(one.agreement()),
                                parts));
        decisions.add(sent.row(), id, decided);
    }

    /** Items of a decision that an authority asks to be left where they are. */
    boolean needsExplanation(UUID id, DecisionForm form) {
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        return heldBack(id, chosen).keySet().stream()
                .anyMatch(no ->
                        Optional.ofNullable(chosen.get(no))
                                .flatMap(DecisionForm.Group::despiteNote)
                                .isEmpty());
    }

    /** What a decision would mean for the twins of its items, before it is made. */
    List<TwinDecisions.Carried> forTwins(UUID id, DecisionForm form, Caller reviewer) {
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        return twinDecisions.of(id, chosen, twins.undecided(id, chosen.keySet()), reviewer);
    }

    /** Row of the message that opened the case. */
    long message(UUID id) {
        return jdbc.sql("select message from cases where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    int channel(UUID id) {
        return jdbc.sql("select channel from cases where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private Map<Integer, DecisionForm.Group> choose(UUID id, DecisionForm form) {
        Map<Integer, ItemKind> open = openItems(id);
        Map<Integer, DecisionForm.Group> chosen = new LinkedHashMap<>();
        for (DecisionForm.Group group : form.decisions()) {
            for (Integer no : group.items().orElseGet(() -> List.copyOf(open.keySet()))) {
                if (!open.containsKey(no)) {
                    throw LockedCase.conflict(
                            "already-decided",
                            "Item %d of case %s is not there, or is decided already."
                                    .formatted(no, id));
                }
                if (chosen.put(no, group) != null) {
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "decided-twice",
                            "Item %d stands in two decisions; name it once.".formatted(no));
                }
            }
        }
        if (chosen.isEmpty()) {
            throw LockedCase.conflict("already-decided", "Case %s has no open item.".formatted(id));
        }
        return chosen;
    }

    private Map<Integer, ItemKind> openItems(UUID id) {
        Map<Integer, ItemKind> open = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select no, kind from case_items
                        where case_id = :id and state in ('open', 'clarification', 'impossible') order by no
                        """)
                .param("id", id)
                .query(OpenItem::from)
                .list()
                .forEach(item -> open.put(item.no(), item.kind()));
        return open;
    }

    /** What follows for the case from the states of its items. */
    void settle(UUID id, Instant now) {
        String state =
                jdbc.sql(
                                """
                                with counted as (
                                    select count(*) filter (where state = 'open') as open,
                                        count(*) filter (where state in ('open', 'clarification', 'impossible')) as undecided
                                    from case_items where case_id = :id)
                                update cases set undecided = counted.undecided,
                                    state = case when counted.undecided = 0 then 'closed'
                                        when counted.open = 0 then 'waiting' else 'open' end,
                                    closed_at = case when counted.undecided = 0 then :now end,
                                    claimed_by = case when counted.open = 0 then null else claimed_by end,
                                    claimed_until = case when counted.open = 0 then null else claimed_until end,
                                    changed_at = :now
                                from counted where id = :id returning state
                                """)
                        .param("id", id)
                        .param("now", CaseMessages.at(now))
                        .query(String.class)
                        .single();
        if (!state.equals("open")) {
            notifications.settled(
                    id, Kind.CASE_NEW, Kind.CASE_DUE_SOON, Kind.CASE_OVERDUE, Kind.ANSWER);
        }
    }
}
