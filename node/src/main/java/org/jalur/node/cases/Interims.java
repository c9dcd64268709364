package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.agreement.InterimWithholding;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DecisionRecords.Decided;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.InterimRecords.Ending;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.InterimReasons;
import org.jalur.notice.ItemKind;
import org.jalur.notice.Outcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Withholding content before it is decided, where the agreement allows it: reversible, told to the
 * authority as what it is, and over by itself when nobody decides in the agreed time.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Interims {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final Agreements agreements;
    private final OpenItems open;
    private final InterimRecords records;
    private final Enforcement enforcement;
    private final Exchange exchange;
    private final Journal journal;
    private final Timeline timeline;
    private final Clock clock;

    Interims(
            JdbcClient jdbc,
            Channels channels,
            Agreements agreements,
            OpenItems open,
            InterimRecords records,
            Enforcement enforcement,
            Exchange exchange,
            Journal journal,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.agreements = agreements;
        this.open = open;
        this.records = records;
        this.enforcement = enforcement;
        this.exchange = exchange;
        this.journal = journal;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** What the agreement allows for this case; empty if nothing. */
    Optional<InterimWithholding> allowed(LockedCase one) {
        return agreements
                .of(channels.byId(one.channel()), one.agreement())
                .agreement()
                .interim()
                .filter(terms ->
                        terms.categories().contains(one.category())
                                && terms.urgencies().contains(one.urgency()));
    }

    /** Empty if the agreement does not allow it, or every open item was withheld before. */
    Optional<Instant> possibleUntil(UUID id) {
        LockedCase one = LockedCase.read(jdbc, id);
        return allowed(one)
                .filter(_ -> !records.of(id).keySet().containsAll(open.of(id).keySet()))
                .map(terms -> clock.instant().plus(terms.longest()));
    }

    @Transactional
    public void withhold(UUID id, InterimForm form, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.mustBeDecidable(id, reviewer, now);
        InterimWithholding terms =
                allowed(one)
                        .orElseThrow(() ->
                                LockedCase.conflict(
                                        "interim-not-agreed",
                                        "The agreement allows no interim withholding for category \"%s\" at this urgency; decide the case."
                                                .formatted(one.category())));
        Map<Integer, ItemKind> items = choose(id, form);
        var facts = new ArrayList<InterimFacts>();
        items.keySet()
                .forEach(no ->
                        facts.add(
                                new InterimFacts(
                                        no,
                                        form.countries().orElse(List.of()),
                                        now.plus(terms.longest()),
                                        Optional.empty(),
                                        Optional.of(reviewer.role().wire()),
                                        now)));
        Part reasons =
                Parts.json(
                        "interim-reasons",
                        new InterimReasons(form.policy(), form.reason(), reviewer.pseudonym()));
        records.begin(id, reasons.leaf(), facts);
        journal.append(EntryKind.DECISION, reasons.leaf());
        enforcement.withhold(
                id,
                items.entrySet().stream()
                        .map(item ->
                                Enforcement.Restriction.interim(
                                        item.getKey(),
                                        item.getValue(),
                                        form.countries().orElse(List.of()),
                                        one.tellFrom().filter(now::isBefore)))
                        .toList());
        timeline.add(id, "withheld", reviewer.role().wire(), "%d items".formatted(facts.size()));
        send(one, reasons, facts);
    }

    /** Open items that were not withheld before: the agreed time is not begun anew. */
    private Map<Integer, ItemKind> choose(UUID id, InterimForm form) {
        Map<Integer, ItemKind> undecided = new TreeMap<>(open.of(id));
        Map<Integer, InterimRecords.View> before = records.of(id);
        Map<Integer, ItemKind> chosen = new TreeMap<>();
        if (form.items().isEmpty()) {
            chosen.putAll(undecided);
            chosen.keySet().removeAll(before.keySet());
        }
        for (Integer no : form.items().orElse(List.of())) {
            ItemKind kind = undecided.get(no);
            if (kind == null) {
                throw LockedCase.conflict(
                        "already-decided",
                        "Item %d of case %s is not there, is decided already, or waits for a second reviewer."
                                .formatted(no, id));
            }
            if (before.containsKey(no)) {
                throw withheldBefore(no);
            }
            chosen.put(no, kind);
        }
        if (chosen.isEmpty()) {
            throw withheldBefore(before.isEmpty() ? 0 : before.keySet().iterator().next());
        }
        return chosen;
    }

    private static ProblemException withheldBefore(int no) {
        return LockedCase.conflict(
                "withheld-before",
                "Item %d was withheld before; that is possible once, for the agreed time. Decide it."
                        .formatted(no),
                no);
    }

    /** A reviewer shows everything again that the case withholds. */
    @Transactional
    public void giveUp(UUID id, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.mustBeDecidable(id, reviewer, now);
        if (!end(id, one, InterimFacts.End.GIVEN_UP, Optional.of(reviewer.role().wire()), now)) {
            throw LockedCase.conflict(
                    "nothing-withheld", "Case %s withholds nothing for now.".formatted(id));
        }
    }

    /** Nobody decided in time: the content is shown again. */
    @Transactional
    public void expire(UUID id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        end(id, LockedCase.lock(jdbc, id), InterimFacts.End.TIME, Optional.empty(), now);
    }

    /**
     * @return whether anything was withheld
     */
    private boolean end(
            UUID id, LockedCase one, InterimFacts.End why, Optional<String> role, Instant now) {
        Map<Integer, InterimRecords.View> over = new TreeMap<>(records.of(id));
        over.values()
                .removeIf(view ->
                        !view.isWithheld()
                                || (why == InterimFacts.End.TIME && view.until().isAfter(now)));
        if (over.isEmpty()) {
            return false;
        }
        records.end(id, over.keySet(), ending(why), now);
        enforcement.showAgain(id, over.keySet(), one.tellFrom().filter(now::isBefore).isEmpty());
        timeline.add(id, "shown", role.orElse(null), "%d items".formatted(over.size()));
        var facts = new ArrayList<InterimFacts>();
        over.forEach((no, view) ->
                facts.add(
                        new InterimFacts(
                                no, view.countries(), view.until(), Optional.of(why), role, now)));
        send(one, facts.stream().map(fact -> Parts.json("interim", fact)).toList());
        return true;
    }

    static Ending ending(InterimFacts.End why) {
        return switch (why) {
            case TIME -> Ending.TIME;
            case GIVEN_UP -> Ending.GIVEN_UP;
        };
    }

    /**
     * A decision takes the place of what was withheld: a refusal shows it again, a withholding in
     * some countries does so once it is done, and a block leaves it hidden. A question or an
     * impossibility changes nothing.
     *
     * @param tell whether the affected user may be told now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(UUID id, List<Decided> decided, boolean tell, Instant now) {
        var shown = new ArrayList<Integer>();
        var narrowed = new ArrayList<Integer>();
        var over = new ArrayList<Integer>();
        for (Decided one : decided) {
            Outcome outcome = one.facts().outcome();
            switch (outcome) {
                case REFUSED -> shown.add(one.facts().no());
                case WITHHELD -> narrowed.add(one.facts().no());
                case BLOCKED -> over.add(one.facts().no());
                case CLARIFICATION, IMPOSSIBLE -> {}
            }
        }
        enforcement.dropInterims(id, records.end(id, over, Ending.DECIDED, now));
        enforcement.showAgain(id, records.end(id, shown, Ending.DECIDED, now), tell);
        enforcement.narrow(id, records.end(id, narrowed, Ending.DECIDED, now));
    }

    private void send(LockedCase one, Part reasons, List<InterimFacts> facts) {
        var parts = new ArrayList<Part>(List.of(reasons));
        facts.forEach(fact -> parts.add(Parts.json("interim", fact)));
        send(one, parts);
    }

    private void send(LockedCase one, List<Part> parts) {
        exchange.send(
                channels.byId(one.channel()),
                new Exchange.Draft(
                        UUID.randomUUID(),
                        MessageKind.INTERIM,
                        Optional.of(one.notice()),
                        Optional.of(one.agreement()),
                        parts));
    }
}
