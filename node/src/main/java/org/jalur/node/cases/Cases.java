package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.SecondReview;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
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
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.screening.SignatureModes;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.ItemKind;
import org.jalur.notice.Outcome;
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
    private final Agreements agreements;
    private final OpenItems open;
    private final Unconfirmed unconfirmed;
    private final Interims interims;
    private final Exchange exchange;
    private final DecisionRecords decisions;
    private final Enforcement enforcement;
    private final Journal journal;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    Cases(
            JdbcClient jdbc,
            Channels channels,
            Agreements agreements,
            OpenItems open,
            Unconfirmed unconfirmed,
            Interims interims,
            Exchange exchange,
            DecisionRecords decisions,
            Enforcement enforcement,
            Journal journal,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.agreements = agreements;
        this.open = open;
        this.unconfirmed = unconfirmed;
        this.interims = interims;
        this.exchange = exchange;
        this.decisions = decisions;
        this.enforcement = enforcement;
        this.journal = journal;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Decides what one reviewer may decide alone; the rest waits for a second one, as the version
     * of the agreement says that the notice cites.
     */
    @Transactional
    public void decide(UUID id, DecisionForm form, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.mustBeDecidable(id, reviewer, now);
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
        Map<Integer, DecisionForm.Group> waiting = new LinkedHashMap<>();
        SecondReview terms = terms(one).secondReview();
        open.of(id)
                .forEach((no, kind) -> {
                    DecisionForm.Group group = chosen.get(no);
                    if (group != null
                            && terms.needed(one.category(), one.kind(), kind, group.outcome())) {
                        waiting.put(no, group);
                    }
                });
        unconfirmed.forgetSentBack(id);
        chosen.keySet().removeAll(waiting.keySet());
        if (!waiting.isEmpty()) {
            askForSecond(id, waiting, reviewer, now);
        }
        if (!chosen.isEmpty()) {
            carryOut(id, one, chosen, reviewer, Optional.empty(), now);
        }
    }

    /** Of open items, how many such a decision leaves to a second reviewer. */
    int waits(UUID id, Optional<List<Integer>> items, Outcome outcome) {
        LockedCase one = LockedCase.read(jdbc, id);
        SecondReview terms = terms(one).secondReview();
        return (int)
                open.of(id).entrySet().stream()
                        .filter(item ->
                                items.map(some -> some.contains(item.getKey())).orElse(true))
                        .filter(item ->
                                terms.needed(one.category(), one.kind(), item.getValue(), outcome))
                        .count();
    }

    private Agreement terms(LockedCase one) {
        return agreements.of(channels.byId(one.channel()), one.agreement()).agreement();
    }

    /** What is checked now is not refused when the second reviewer confirms it. */
    private void askForSecond(
            UUID id, Map<Integer, DecisionForm.Group> waiting, Caller reviewer, Instant now) {
        Map<DecisionForm.Group, List<Integer>> byGroup = new LinkedHashMap<>();
        waiting.forEach((no, group) -> {
            made(no, group, reviewer, Optional.empty(), now);
            byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(no);
        });
        unconfirmed.add(
                id,
                waiting.keySet(),
                byGroup.entrySet().stream()
                        .map(entry -> entry.getKey().about(entry.getValue()))
                        .toList(),
                reviewer,
                now);
        timeline.add(id, "wanted", reviewer.role().wire(), "%d items".formatted(waiting.size()));
        notifications.settled(id, Kind.SENT_BACK);
        notifications.tell(Event.of(Kind.CONFIRMATION, id, now, reference(id)));
    }

    private String reference(UUID id) {
        return jdbc.sql("select reference from cases where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** Facts and reasons of one item, each valid. */
    private record Made(DecisionFacts facts, DecisionReasons reasons) {}

    private static Made made(
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

    /** Journal, send and order the measures: one transaction. The case is locked. */
    void carryOut(
            UUID id,
            LockedCase one,
            Map<Integer, DecisionForm.Group> chosen,
            Caller reviewer,
            Optional<Caller> second,
            Instant now) {
        var parts = new ArrayList<Part>();
        var decided = new ArrayList<Decided>();
        var restrictions = new ArrayList<Enforcement.Restriction>();
        Map<Integer, ItemKind> kinds = open.of(id);
        chosen.forEach((no, group) -> {
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
                                one.tellFrom().filter(now::isBefore)));
            }
        });
        decisions.setStates(ItemStates.Of.CASE, id, decided);
        journal.appendAll(EntryKind.DECISION, decided.stream().map(Decided::leaf).toList());
        enforcement.restrict(id, restrictions);
        interims.decided(id, decided, one.tellFrom().filter(now::isBefore).isEmpty(), now);
        settle(id, now);
        timeline.add(id, "decided", reviewer.role().wire(), "%d items".formatted(decided.size()));
        // Last, for whoever sends next on the channel waits until this transaction ends.
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
        Map<Integer, ItemKind> undecided = open.of(id);
        Map<Integer, DecisionForm.Group> chosen = new LinkedHashMap<>();
        for (DecisionForm.Group group : form.decisions()) {
            for (Integer no : group.items().orElseGet(() -> List.copyOf(undecided.keySet()))) {
                if (!undecided.containsKey(no)) {
                    throw LockedCase.conflict(
                            "already-decided",
                            "Item %d of case %s is not there, is decided already, or waits for a second reviewer."
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
