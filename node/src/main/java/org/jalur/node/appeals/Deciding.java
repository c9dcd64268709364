package org.jalur.node.appeals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.DecisionViews;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.screening.Entries;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.Outcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who decides which appeal, and what follows: one transaction. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Deciding {
    private static final Duration CLAIM = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final AppealRows rows;
    private final Deciders deciders;
    private final Agreements agreements;
    private final Channels channels;
    private final Exchange exchange;
    private final DecisionRecords decisions;
    private final DecisionViews decisionViews;
    private final Enforcement enforcement;
    private final Entries entries;
    private final Journal journal;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    Deciding(
            JdbcClient jdbc,
            AppealRows rows,
            Deciders deciders,
            Agreements agreements,
            Channels channels,
            Exchange exchange,
            DecisionRecords decisions,
            DecisionViews decisionViews,
            Enforcement enforcement,
            Entries entries,
            Journal journal,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.deciders = deciders;
        this.agreements = agreements;
        this.channels = channels;
        this.exchange = exchange;
        this.decisions = decisions;
        this.decisionViews = decisionViews;
        this.enforcement = enforcement;
        this.entries = entries;
        this.journal = journal;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Nobody else decides it until the claim ends. */
    @Transactional
    public void claim(UUID id, Caller reviewer) {
        Appeal one = locked(id);
        requireOpen(one);
        one.claim()
                .filter(it -> !it.account().equals(reviewer.account()))
                .ifPresent(it -> {
                    throw problem(
                            HttpStatus.CONFLICT,
                            "appeal-claimed",
                            "Appeal %s is claimed by %s until %s."
                                    .formatted(one.reference(), it.by(), it.until()),
                            one.reference(),
                            it.by(),
                            it.until());
                });
        requireOther(one, reviewer);
        jdbc.sql(
                        """
                        insert into appeal_claims (appeal, account, until) values (:id, :account, :until)
                        on conflict (appeal) do update set account = excluded.account, until = excluded.until
                        """)
                .param("id", id)
                .param("account", reviewer.account())
                .param("until", AppealRows.at(clock.instant().plus(CLAIM)))
                .update();
        notifications.settled(id, Kind.APPEAL);
    }

    /** A senior reviewer releases anybody's. */
    @Transactional
    public void release(UUID id, Caller reviewer) {
        require(id);
        jdbc.sql("delete from appeal_claims where appeal = :id and (:any or account = :account)")
                .param("id", id)
                .param("any", reviewer.role() == Role.SENIOR_REVIEWER)
                .param("account", reviewer.account())
                .update();
    }

    /** Whether this person may decide it: whoever decided about the item may not, if so agreed. */
    boolean mayDecide(Appeal one, Caller reviewer) {
        Channel channel = channels.byId(one.channel());
        if (!agreements.of(channel, one.agreement()).agreement().appeals().otherReviewer()) {
            return true;
        }
        if (deciders.isAmong(one.subject(), one.no(), reviewer.account())) {
            return false;
        }
        List<DecisionReasons> known =
                decisionViews
                        .of(one.subject(), channel, one.no(), one.no())
                        .getOrDefault(one.no(), List.of())
                        .stream()
                        .flatMap(view -> view.reasons().stream())
                        .toList();
        boolean named =
                known.stream()
                        .anyMatch(reasons ->
                                reasons.pseudonym().equals(reviewer.pseudonym())
                                        || reasons.confirmedBy()
                                                .equals(Optional.of(reviewer.pseudonym())));
        // Where a lost database forgot who decided, and the reasons are erased, a senior decides.
        boolean unknown = known.isEmpty() && !deciders.areKnown(one.subject(), one.no());
        return !named && (!unknown || reviewer.role() == Role.SENIOR_REVIEWER);
    }

    private void requireOther(Appeal one, Caller reviewer) {
        if (!mayDecide(one, reviewer)) {
            throw problem(
                    HttpStatus.FORBIDDEN,
                    "appeal-own-decision",
                    "You decided about this content; another reviewer decides appeal %s."
                            .formatted(one.reference()),
                    one.reference());
        }
    }

    /**
     * Decides an appeal that this reviewer has claimed.
     *
     * @throws ProblemException 403 for whoever decided about the item, 409 once it is decided
     */
    @Transactional
    public void decide(UUID id, AppealDecision decision, Caller reviewer) {
        Appeal one = locked(id);
        requireOpen(one);
        if (one.claim().filter(it -> it.account().equals(reviewer.account())).isEmpty()) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "appeal-not-claimed",
                    "Appeal %s is not claimed by you; claim it first.".formatted(one.reference()),
                    one.reference());
        }
        requireOther(one, reviewer);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        switch (decision.result()) {
            case GRANTED -> grant(one, decision, reviewer, now);
            case REJECTED -> reject(one, decision, reviewer, now);
        }
        notifications.settled(id, Kind.APPEAL, Kind.APPEAL_DUE_SOON, Kind.APPEAL_OVERDUE);
    }

    private void grant(Appeal one, AppealDecision decision, Caller reviewer, Instant now) {
        var facts =
                new DecisionFacts(
                        one.no(),
                        Outcome.REFUSED,
                        decision.ground(),
                        List.of(),
                        reviewer.role().wire(),
                        now);
        var reasons =
                new DecisionReasons(
                        one.no(),
                        decision.policy().orElse(""),
                        decision.reason(),
                        reviewer.pseudonym(),
                        Optional.empty());
        // Nothing that the block of this item created counts any more; what it caught is opened.
        entries.overturn(one.subject(), one.no(), one.reference(), reviewer.pseudonym());
        boolean restores = enforcement.restore(one.subject(), one.no(), one.id());
        var outcome =
                new AppealOutcome(
                        one.appeal(),
                        one.no(),
                        AppealOutcome.Result.GRANTED,
                        restores,
                        reviewer.role().wire(),
                        now);
        List<Part> parts = AppealParts.write(outcome, facts, reasons);
        var decided = List.of(new DecisionRecords.Decided(facts, parts.getLast().leaf()));
        decisions.setStates(ItemStates.Of.CASE, one.subject(), decided);
        deciders.decided(one.subject(), List.of(one.no()), Stream.of(reviewer));
        SentMessage sent = send(one, outcome, parts);
        decisions.add(sent.row(), one.subject(), decided);
    }

    private void reject(Appeal one, AppealDecision decision, Caller reviewer, Instant now) {
        var outcome =
                new AppealOutcome(
                        one.appeal(),
                        one.no(),
                        AppealOutcome.Result.REJECTED,
                        false,
                        reviewer.role().wire(),
                        now);
        enforcement.tell(one.subject(), one.no(), one.id());
        send(
                one,
                outcome,
                AppealParts.write(
                        outcome,
                        new AppealReasons(one.no(), decision.reason(), reviewer.pseudonym())));
    }

    private SentMessage send(Appeal one, AppealOutcome outcome, List<Part> parts) {
        Channel channel = channels.byId(one.channel());
        Agreement agreement = agreements.of(channel, one.agreement()).agreement();
        journal.append(EntryKind.DECISION, parts.getLast().leaf());
        timeline.add(
                one.subject(),
                "appeal-" + AppealRows.wire(outcome.result()),
                outcome.role(),
                one.reference());
        jdbc.sql("update cases set changed_at = :now where id = :id")
                .param("now", AppealRows.at(clock.instant()))
                .param("id", one.subject())
                .update();
        // Last, for whoever sends next on the channel waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.APPEAL_OUTCOME,
                                Optional.of(one.notice()),
                                Optional.of(one.agreement()),
                                parts));
        rows.decided(
                one.id(), outcome, parts.getLast().leaf(), sent.row(), agreement, Optional.empty());
        return sent;
    }

    /**
     * @throws ProblemException 404 if there is none
     */
    private Appeal require(UUID id) {
        return rows.find(id).orElseThrow(() -> AppealViews.unknown(id));
    }

    /** The case first, as all who change it do; then the appeal. */
    private Appeal locked(UUID id) {
        Appeal one = require(id);
        lock("cases", one.subject());
        lock("appeals", id);
        return require(id);
    }

    private void lock(String table, UUID id) {
        jdbc.sql("select id from %s where id = :id for no key update".formatted(table))
                .param("id", id)
                .query((row, _) -> row.getObject("id", UUID.class))
                .single();
    }

    private static void requireOpen(Appeal one) {
        if (one.outcome().isPresent()) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "appeal-decided",
                    "Appeal %s is decided already.".formatted(one.reference()),
                    one.reference());
        }
    }

    private static ProblemException problem(
            HttpStatus status, String type, String detail, Object... values) {
        return new ProblemException(status, type, detail, values);
    }
}
