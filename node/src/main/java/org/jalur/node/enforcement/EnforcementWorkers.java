package org.jalur.node.enforcement;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.Part;
import org.jalur.node.JalurSettings;
import org.jalur.node.enforcement.Actions.Due;
import org.jalur.node.enforcement.Actions.Subject;
import org.jalur.node.enforcement.Connector.Reply;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.Parts;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.screening.Signatures;
import org.jalur.node.web.Workers;
import org.jalur.notice.MeasureFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what was decided: asks the platform to act, then probes every route. The same action id is
 * sent again after a crash, so nothing is done twice; only "gone" on every route counts as gone.
 */
@Component
@ConditionalOnProperty("jalur.connector.url")
class EnforcementWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EnforcementWorkers.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Actions actions;
    private final Enforcement enforcement;
    private final UserNotices userNotices;
    private final AppealLinks appealLinks;
    private final Connector connector;
    private final Measures measures;
    private final Signatures signatures;
    private final Journal journal;
    private final MeasureReports reports;
    private final WorkBell bell;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final int workers;
    private final Workers threads = new Workers();

    EnforcementWorkers(
            Actions actions,
            Enforcement enforcement,
            UserNotices userNotices,
            AppealLinks appealLinks,
            Connector connector,
            Measures measures,
            Signatures signatures,
            Journal journal,
            MeasureReports reports,
            WorkBell bell,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            JalurSettings settings,
            Clock clock) {
        this.actions = actions;
        this.enforcement = enforcement;
        this.userNotices = userNotices;
        this.appealLinks = appealLinks;
        this.connector = connector;
        this.measures = measures;
        this.signatures = signatures;
        this.journal = journal;
        this.reports = reports;
        this.bell = bell;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        workers = settings.requiredConnector().workers();
    }

    @Override
    public void start() {
        threads.begin();
        for (int i = 0; i < workers; i++) {
            threads.start("enforcement-" + i, this::work);
        }
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void work() {
        while (threads.isRunning()) {
            try {
                Optional<Due> due = actions.lease();
                if (due.isPresent()) {
                    bell.ring();
                    carryOut(due.get());
                } else {
                    bell.await(IDLE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("an action was not carried out; it stays due", e);
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(Due due) {
        Optional<Subject> subject = actions.subject(due);
        if (subject.isEmpty()) {
            transactions.executeWithoutResult(_ -> {
                appealLinks.over(due, false);
                actions.done(due, Optional.of("the item was erased"));
            });
            return;
        }
        var target =
                new Connector.Target(
                        Enforcement.wire(subject.get().item().kind()),
                        subject.get().item().url(),
                        subject.get().item().ids());
        if (due.followed().isPresent()) {
            // One measure for several notices; what is seen is asked for each of them.
            record(
                    due,
                    subject.get(),
                    "already_gone",
                    Optional.empty(),
                    probe(due, target),
                    Optional.empty());
            return;
        }
        switch (ask(due, action(due, subject.get(), target))) {
            case Reply.Later(Duration pause, String reason) -> actions.retry(due, pause, reason);
            case Reply.Refused(String reason) ->
                    record(
                            due,
                            subject.get(),
                            "failed",
                            Optional.empty(),
                            probe(due, target),
                            Optional.of(reason));
            case Reply.Answered(Connector.Done done) ->
                    record(
                            due,
                            subject.get(),
                            done.result(),
                            Optional.of(done),
                            probe(due, target),
                            done.detail());
        }
    }

    /** Telling a user alone came later into the contract: who does not offer it is not asked. */
    private Reply ask(Due due, Connector.Action action) {
        if (!due.action().equals("tell")) {
            return connector.act(action);
        }
        return connector
                .serves("tell")
                .map(served ->
                        served
                                ? connector.act(action)
                                : new Reply.Refused(
                                        "the platform's connector cannot tell users by itself"))
                .orElseGet(() ->
                        new Reply.Later(Duration.ZERO, "the platform does not say what it can do"));
    }

    private Connector.Action action(Due due, Subject subject, Connector.Target target) {
        return new Connector.Action(
                due.id(),
                due.action(),
                target,
                due.countries().isEmpty() ? Optional.empty() : Optional.of(due.countries()),
                due.undo(),
                due.tell() ? Optional.of(statement(due, subject)) : Optional.empty());
    }

    private Connector.Statement statement(Due due, Subject subject) {
        var facts = subject.facts();
        boolean open = isAppealable(due);
        Optional<AppealLinks.Offer> offer =
                open || due.appealed().isPresent()
                        ? Optional.of(appealLinks.offer(due))
                        : Optional.empty();
        return new Connector.Statement(
                facts.issuingBody().name(),
                Enforcement.wire(facts.issuingBody().type()),
                facts.reference(),
                facts.legalBasis().instrument() + ", " + facts.legalBasis().article(),
                facts.category(),
                subject.reason().orElse(""),
                false,
                facts.territorialScope(),
                facts.redress(),
                due.interimUntil(),
                offer.flatMap(AppealLinks.Offer::url),
                offer.filter(_ -> open).map(AppealLinks.Offer::until),
                due.appealed()
                        .map(one ->
                                new Connector.AppealOutcome(
                                        one.reference(),
                                        one.outcome(),
                                        subject.appealReason().orElse(""),
                                        one.decidedAt())),
                due.decidedAt().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Only what was decided is appealed against, and only while it restricts. */
    private static boolean isAppealable(Due due) {
        return due.undo().isEmpty()
                && !due.interim()
                && due.restricts()
                && due.appealed().isEmpty();
    }

    private List<MeasureFacts.Probe> probe(Due due, Connector.Target target) {
        return connector.probe(target, due.countries()).stream()
                // A withholding is judged by the countries it is for, not by the rest of the world.
                .filter(route ->
                        due.countries().isEmpty() || due.countries().contains(route.country()))
                .map(route ->
                        new MeasureFacts.Probe(
                                route.route(), route.country(), state(route.state())))
                .distinct()
                .toList();
    }

    private static String state(String state) {
        return switch (state) {
            case "visible", "gone" -> state;
            case null, default -> "unknown";
        };
    }

    private void record(
            Due due,
            Subject subject,
            String result,
            Optional<Connector.Done> done,
            List<MeasureFacts.Probe> probes,
            Optional<String> reason) {
        var facts =
                new MeasureFacts(
                        due.no(),
                        due.action(),
                        result,
                        MeasureFacts.verification(probes),
                        done.flatMap(Connector.Done::told).orElse(false),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        probes);
        Part salted = Parts.json("measure", facts);
        transactions.executeWithoutResult(_ -> {
            measures.add(due.id(), due.caseId(), facts);
            journal.append(EntryKind.MEASURE, salted.leaf());
            jdbc.sql(
                            "update case_items set enforcement = :state where case_id = :case and no = :no")
                    .param("state", Enforcement.wire(facts.outcome()))
                    .param("case", due.caseId())
                    .param("no", due.no())
                    .update();
            if (isRestriction(due)
                    && due.restricts()
                    && !due.interim()
                    && !result.equals("failed")) {
                createSignatures(due, subject, done);
            }
            if (isRestriction(due)) {
                enforcement.doneBefore(due.caseId(), due.no(), due.interim());
            }
            appealLinks.over(due, facts.told());
            boolean must = due.undo().isEmpty() || due.appealed().isPresent();
            if (due.tell() && must && !facts.told() && !isToldWithAnother(due)) {
                userNotices.notTold(due, !result.equals("failed"));
            }
            actions.done(due, reason);
        });
        reports.ring();
    }

    /** One measure for several notices, and one statement: whoever had it done sees to that. */
    private static boolean isToldWithAnother(Due due) {
        return due.followed().filter(Actions.Followed::tells).isPresent();
    }

    private static boolean isRestriction(Due due) {
        return due.undo().isEmpty() && !due.action().equals("tell");
    }

    private void createSignatures(Due due, Subject subject, Optional<Connector.Done> done) {
        Optional<Connector.Content> content = done.flatMap(Connector.Done::content);
        List<Connector.File> files = content.flatMap(Connector.Content::files).orElse(List.of());
        signatures.create(
                new Signatures.Origin(
                        due.caseId(),
                        due.no(),
                        due.channel().peer().value(),
                        due.agreement(),
                        due.countries()),
                new Signatures.Blocked(
                        content.flatMap(Connector.Content::text).or(subject.item()::text),
                        List.of(subject.item().url()),
                        Stream.concat(
                                        files.stream().flatMap(file -> file.sha256().stream()),
                                        due.followed().stream()
                                                .flatMap(first ->
                                                        signatures
                                                                .files(first.caseId(), first.no())
                                                                .stream()))
                                .distinct()
                                .toList(),
                        files.stream().flatMap(file -> picture(file).stream()).toList()),
                due.signatures());
    }

    private static Optional<Signatures.Picture> picture(Connector.File file) {
        return file.pdq().map(pdq -> new Signatures.Picture(pdq, file.pdqQuality()));
    }
}
