package org.jalur.node.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.appeals.Deciders;
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
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What follows once items are decided, by one reviewer or with a second one. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class DecidedCases {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final OpenItems open;
    private final Interims interims;
    private final Exchange exchange;
    private final DecisionRecords decisions;
    private final Deciders deciders;
    private final Enforcement enforcement;
    private final DespiteNotes despiteNotes;
    private final HeldBack heldBack;
    private final Journal journal;
    private final Timeline timeline;
    private final Notifications notifications;

    DecidedCases(
            JdbcClient jdbc,
            Channels channels,
            OpenItems open,
            Interims interims,
            Exchange exchange,
            DecisionRecords decisions,
            Deciders deciders,
            Enforcement enforcement,
            DespiteNotes despiteNotes,
            HeldBack heldBack,
            Journal journal,
            Timeline timeline,
            Notifications notifications) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.open = open;
        this.interims = interims;
        this.exchange = exchange;
        this.decisions = decisions;
        this.deciders = deciders;
        this.enforcement = enforcement;
        this.despiteNotes = despiteNotes;
        this.heldBack = heldBack;
        this.journal = journal;
        this.timeline = timeline;
        this.notifications = notifications;
    }

    /**
     * @param one the case, which is locked
     * @param chosen by the number of the item
     */
    record Decision(UUID id, LockedCase one, Map<Integer, DecisionForm.Group> chosen) {}

    /** A message that is not sent yet, for what is written. */
    private record Outgoing(int channel, Runnable send) {}

    /** Journal, send and order the measures: one transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void carryOut(
            List<Decision> decided, Caller reviewer, Optional<Caller> second, Instant now) {
        var outgoing = new ArrayList<Outgoing>();
        Map<UUID, String> explained = new TreeMap<>();
        for (Decision one : decided) {
            explained.putAll(despiteNotes.of(one.id(), one.chosen()));
            outgoing.add(write(one, reviewer, second, now));
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

    /** Facts and reasons of one item, each valid. */
    record Made(DecisionFacts facts, DecisionReasons reasons) {}

    static Made made(
            int no,
            DecisionForm.Group group,
            Caller reviewer,
            Optional<Caller> second,
            Instant now) {
        return new Made(
                new DecisionFacts(
                        no,
                        group.outcome(),
                        group.ground(),
                        group.countries().orElse(List.of()),
                        reviewer.role().wire(),
                        now),
                new DecisionReasons(
                        no,
                        group.policy(),
                        group.reason(),
                        reviewer.pseudonym(),
                        second.map(Caller::pseudonym)));
    }

    private Outgoing write(
            Decision decision, Caller reviewer, Optional<Caller> second, Instant now) {
        UUID id = decision.id();
        LockedCase one = decision.one();
        Optional<Instant> tellFrom = one.tellFrom().filter(now::isBefore);
        var parts = new ArrayList<Part>();
        var decided = new ArrayList<Decided>();
        var restrictions = new ArrayList<Enforcement.Restriction>();
        Map<Integer, ItemKind> kinds = open.of(id);
        decision.chosen()
                .forEach((no, group) -> {
                    Made made = made(no, group, reviewer, second, now);
                    Part reasons = Parts.json("decision", made.reasons());
                    parts.add(Parts.json("decision-facts", made.facts()));
                    parts.add(reasons);
                    decided.add(new Decided(made.facts(), reasons.leaf()));
                    if (group.outcome().isRestriction()) {
                        restrictions.add(
                                new Enforcement.Restriction(
                                        no,
                                        Optional.ofNullable(kinds.get(no)).orElseThrow(),
                                        made.facts().countries(),
                                        group.signatures().orElse(SignatureModes.DEFAULT),
                                        tellFrom));
                    }
                });
        decisions.setStates(ItemStates.Of.CASE, id, decided);
        deciders.decided(
                id,
                decision.chosen().keySet(),
                Stream.concat(Stream.of(reviewer), second.stream()));
        journal.appendAll(EntryKind.DECISION, decided.stream().map(Decided::leaf).toList());
        enforcement.restrict(id, restrictions);
        interims.decided(id, decided, tellFrom.isEmpty(), now);
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
                                    recovered_at = null,
                                    claimed_by = case when counted.open > 0 and counted.undecided > unconfirmed then claimed_by end,
                                    claimed_until = case when counted.open > 0 and counted.undecided > unconfirmed then claimed_until end,
                                    changed_at = :now
                                from counted where id = :id returning state
                                """)
                        .param("id", id)
                        .param("now", CaseMessages.at(now))
                        .query(String.class)
                        .single();
        if (!state.equals("open")) {
            notifications.settled(
                    id,
                    Kind.CASE_NEW,
                    Kind.CASE_DUE_SOON,
                    Kind.CASE_OVERDUE,
                    Kind.ANSWER,
                    Kind.CALL_BACK_WAITING);
        }
    }
}
