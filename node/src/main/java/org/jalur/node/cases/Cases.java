package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
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
import org.jalur.node.screening.SignatureModes;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What reviewers do: claim a case, which acknowledges it, and decide its items. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Cases {
    /** One statement: fifty reviewers at once share few connections. */
    private static final String CLAIM_NEXT =
            """
            with next as (
                select id, acknowledged_at from cases
                where state = 'open' and claimed_by is null
                order by due_at, id limit 1 for no key update skip locked),
            claimed as (
                update cases set claimed_by = :account, claimed_until = :until,
                    acknowledged_at = coalesce(cases.acknowledged_at, :now), changed_at = :now
                from next where cases.id = next.id
                returning cases.*, next.acknowledged_at is null as first),
            told as (
                insert into timeline (subject, event, role, at)
                select id, event, :role, :now
                from claimed, unnest(array['claimed', 'acknowledged']) as event
                where first or event = 'claimed'),
            due as (
                insert into acknowledgements (case_id, role, at)
                select id, :role, :now from claimed where first)
            """
                    + CaseViews.columns("claimed");

    private final JdbcClient jdbc;
    private final CaseViews views;
    private final Channels channels;
    private final Exchange exchange;
    private final DecisionRecords decisions;
    private final Enforcement enforcement;
    private final Journal journal;
    private final Timeline timeline;
    private final JalurSettings settings;
    private final Acknowledgements acknowledgements;
    private final Clock clock;

    Cases(
            JdbcClient jdbc,
            CaseViews views,
            Channels channels,
            Exchange exchange,
            DecisionRecords decisions,
            Enforcement enforcement,
            Journal journal,
            Timeline timeline,
            JalurSettings settings,
            Acknowledgements acknowledgements,
            Clock clock) {
        this.jdbc = jdbc;
        this.views = views;
        this.channels = channels;
        this.exchange = exchange;
        this.decisions = decisions;
        this.enforcement = enforcement;
        this.journal = journal;
        this.timeline = timeline;
        this.settings = settings;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    /** A case as its commands see it; the row is locked. */
    private record Locked(
            int channel,
            UUID notice,
            String state,
            Hash agreement,
            Optional<Instant> tellFrom,
            Optional<UUID> claimedBy,
            Optional<String> claimant,
            Optional<Instant> claimedUntil,
            boolean acknowledged) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getInt("channel"),
                    row.getObject("notice_id", UUID.class),
                    row.getString("state"),
                    Hash.of(row.getBytes("agreement")),
                    time(row, "tell_from"),
                    Optional.ofNullable(row.getObject("claimed_by", UUID.class)),
                    Optional.ofNullable(row.getString("pseudonym")),
                    time(row, "claimed_until"),
                    row.getObject("acknowledged_at", OffsetDateTime.class) != null);
        }

        private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }

        boolean isClaimedAt(Instant now) {
            return claimedUntil.filter(now::isBefore).isPresent();
        }
    }

    /** Nobody else gets the case until the claim ends; the first claim tells the authority. */
    @Transactional
    public void claim(UUID id, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Locked one = lock(id);
        if (!one.state().equals("open") && !one.state().equals("waiting")) {
            throw conflict(
                    "wrong-state",
                    "Case %s is %s; there is nothing to decide.".formatted(id, one.state()));
        }
        if (one.isClaimedAt(now) && !one.claimedBy().equals(Optional.of(reviewer.account()))) {
            throw conflict(
                    "claimed",
                    "Case %s is claimed by %s until %s."
                            .formatted(
                                    id,
                                    one.claimant().orElse(""),
                                    one.claimedUntil().orElseThrow()),
                    one.claimant().orElse(""),
                    one.claimedUntil().orElseThrow());
        }
        jdbc.sql(
                        """
                        update cases set claimed_by = :account, claimed_until = :until,
                            acknowledged_at = coalesce(acknowledged_at, :now), changed_at = :now
                        where id = :id
                        """)
                .param("account", reviewer.account())
                .param("until", CaseMessages.at(now.plus(settings.claim())))
                .param("now", CaseMessages.at(now))
                .param("id", id)
                .update();
        tell(id, !one.acknowledged(), reviewer, now);
    }

    /**
     * Claims the open case that nobody has and whose time runs out first. Who asks at the same
     * moment gets another one.
     */
    @Transactional
    public Optional<CaseViews.Summary> claimNext(Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<CaseViews.Summary> next =
                views.summaries(
                        jdbc.sql(CLAIM_NEXT)
                                .param("account", reviewer.account())
                                .param("until", CaseMessages.at(now.plus(settings.claim())))
                                .param("now", CaseMessages.at(now))
                                .param("role", reviewer.role().wire()));
        if (!next.isEmpty()) {
            ringAfterCommit();
        }
        return next.stream().findFirst();
    }

    /** A claim that ended makes its case one that nobody has. */
    @Scheduled(fixedDelay = 5_000)
    void releaseEnded() {
        jdbc.sql(
                        """
                        with ended as (
                            update cases set claimed_by = null, claimed_until = null, changed_at = :now
                            where claimed_by is not null and claimed_until < :now returning id)
                        insert into timeline (subject, event, at) select id, 'released', :now from ended
                        """)
                .param("now", CaseMessages.at(clock.instant()))
                .update();
    }

    private void tell(UUID id, boolean first, Caller reviewer, Instant now) {
        timeline.add(id, "claimed", reviewer.role().wire(), null);
        if (!first) {
            return;
        }
        timeline.add(id, "acknowledged", reviewer.role().wire(), null);
        jdbc.sql("insert into acknowledgements (case_id, role, at) values (:id, :role, :now)")
                .param("id", id)
                .param("role", reviewer.role().wire())
                .param("now", CaseMessages.at(now))
                .update();
        ringAfterCommit();
    }

    private void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        acknowledgements.ring();
                    }
                });
    }

    @Transactional
    public void release(UUID id, Caller caller) {
        Locked one = lock(id);
        boolean own = one.claimedBy().equals(Optional.of(caller.account()));
        if (!own && caller.role() != Role.SENIOR_REVIEWER) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "not-claimed",
                    "Case %s is not claimed by you; a senior reviewer can release it."
                            .formatted(id));
        }
        jdbc.sql(
                        "update cases set claimed_by = null, claimed_until = null, changed_at = :now where id = :id")
                .param("now", CaseMessages.at(clock.instant()))
                .param("id", id)
                .update();
        timeline.add(id, "released", caller.role().wire(), null);
    }

    /** An item that can be decided now. */
    private record OpenItem(int no, ItemKind kind) {
        static OpenItem from(ResultSet row, int number) throws SQLException {
            return new OpenItem(
                    row.getInt("no"),
                    ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
        }
    }

    /** Decide, journal, send and order the measures: one transaction. */
    @Transactional
    public void decide(UUID id, DecisionForm form, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Locked one = lock(id);
        if (!one.isClaimedAt(now) || !one.claimedBy().equals(Optional.of(reviewer.account()))) {
            throw conflict(
                    "not-claimed",
                    one.isClaimedAt(now)
                            ? "Case %s is claimed by %s until %s."
                                    .formatted(
                                            id,
                                            one.claimant().orElse(""),
                                            one.claimedUntil().orElseThrow())
                            : "Claim case %s before you decide it.".formatted(id));
        }
        if (!one.state().equals("open") && !one.state().equals("waiting")) {
            throw conflict("wrong-state", "Case %s is %s.".formatted(id, one.state()));
        }
        Map<Integer, DecisionForm.Group> chosen = choose(id, form);
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

    /** Who has the case now. */
    Optional<UUID> claimant(UUID id) {
        return jdbc.sql("select claimed_by from cases where id = :id and claimed_until >= :now")
                .param("id", id)
                .param("now", CaseMessages.at(clock.instant()))
                .query((row, _) -> Optional.ofNullable(row.getObject("claimed_by", UUID.class)))
                .optional()
                .flatMap(found -> found);
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
                    throw conflict(
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
            throw conflict("already-decided", "Case %s has no open item.".formatted(id));
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

    private void settle(UUID id, Instant now) {
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
                        from counted where id = :id
                        """)
                .param("id", id)
                .param("now", CaseMessages.at(now))
                .update();
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        """
                        select channel, notice_id, state, agreement, tell_from, claimed_by, claimed_until,
                            acknowledged_at, pseudonym
                        from cases left join accounts on accounts.id = claimed_by
                        where cases.id = :id for no key update of cases
                        """)
                .param("id", id)
                .query(Locked::from)
                .optional()
                .orElseThrow(() -> CaseViews.unknown(id));
    }

    private static ProblemException conflict(String type, String detail, Object... values) {
        return new ProblemException(HttpStatus.CONFLICT, type, detail, values);
    }
}
