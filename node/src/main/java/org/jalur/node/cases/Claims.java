package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who has which case: nobody else gets it until the claim ends. The first claim acknowledges it.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Claims {
    /** One statement: fifty reviewers at once share few connections. */
    private static final String CLAIM_NEXT =
            """
            with next as (
                select id, acknowledged_at from cases
                where state = 'open' and claimed_by is null and unconfirmed < undecided
                order by due_at, id limit 1 for no key update skip locked),
            claimed as (
                update cases set claimed_by = :account, claimed_at = :now, claimed_until = :until,
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
    private final Timeline timeline;
    private final Notifications notifications;
    private final JalurSettings settings;
    private final Acknowledgements acknowledgements;
    private final Clock clock;

    Claims(
            JdbcClient jdbc,
            CaseViews views,
            Timeline timeline,
            Notifications notifications,
            JalurSettings settings,
            Acknowledgements acknowledgements,
            Clock clock) {
        this.jdbc = jdbc;
        this.views = views;
        this.timeline = timeline;
        this.notifications = notifications;
        this.settings = settings;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    /** Nobody else gets the case until the claim ends; the first claim tells the authority. */
    @Transactional
    public void claim(UUID id, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        if (!one.state().equals("open") && !one.state().equals("waiting")) {
            throw LockedCase.conflict(
                    "wrong-state",
                    "Case %s is %s; there is nothing to decide.".formatted(id, one.state()));
        }
        if (one.isClaimedAt(now) && !one.claimedBy().equals(Optional.of(reviewer.account()))) {
            throw one.claimed(id);
        }
        jdbc.sql(
                        """
                        update cases set claimed_by = :account, claimed_until = :until,
                            claimed_at = case when claimed_by = :account then claimed_at else :now end,
                            acknowledged_at = coalesce(acknowledged_at, :now), changed_at = :now
                        where id = :id
                        """)
                .param("account", reviewer.account())
                .param("until", CaseMessages.at(now.plus(settings.claim())))
                .param("now", CaseMessages.at(now))
                .param("id", id)
                .update();
        tell(id, !one.acknowledged(), reviewer, now);
        notifications.settled(id, Kind.CASE_NEW);
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
            notifications.settled(next.getFirst().id(), Kind.CASE_NEW);
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
                            update cases set claimed_by = null, claimed_at = null, claimed_until = null,
                                changed_at = :now
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
        LockedCase one = LockedCase.lock(jdbc, id);
        boolean own = one.claimedBy().equals(Optional.of(caller.account()));
        if (!own && caller.role() != Role.SENIOR_REVIEWER) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "not-claimed",
                    "Case %s is not claimed by you; a senior reviewer can release it."
                            .formatted(id));
        }
        jdbc.sql(
                        """
                        update cases set claimed_by = null, claimed_at = null, claimed_until = null, changed_at = :now
                        where id = :id
                        """)
                .param("now", CaseMessages.at(clock.instant()))
                .param("id", id)
                .update();
        timeline.add(id, "released", caller.role().wire(), null);
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
}
