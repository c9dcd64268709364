package org.jalur.node.escalation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.Standing;
import org.jalur.agreement.ladder.StepState;
import org.jalur.channel.MalformedMessageException;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.Phones;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do on a ladder that this side climbs: they approve a step, stop it, or say whom they
 * called. It counts once the other side's receipt is here.
 */
@Component
class Steps {
    private static final Duration FAST_CLOCK = Duration.ofMinutes(1);

    private final Ladders ladders;
    private final Histories histories;
    private final StepMessages messages;
    private final Clock clock;

    Steps(Ladders ladders, Histories histories, StepMessages messages, Clock clock) {
        this.ladders = ladders;
        this.histories = histories;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * The ladder that somebody means.
     *
     * @param page this side's own id of what shows it: a notice, an access block
     * @param subject where a page shows several; empty: the only one
     */
    record Which(Silence about, UUID page, Optional<UUID> subject) {
        boolean fits(UUID id) {
            return subject.map(id::equals).orElse(true);
        }
    }

    /** A step that somebody wants to do something about; its ladder's row is locked. */
    private record Held(Histories.History history, Standing.Rung rung) {}

    /**
     * @throws ProblemException 404, or 409 where nothing is to be approved, or by another role
     */
    @Transactional
    public void approve(Which which, String step, Caller caller) {
        Held held = hold(which, step);
        Optional<String> wanted = lacking(held.rung().state());
        if (wanted.isEmpty()) {
            throw conflict("step-not-to-approve", "Step \"%s\" waits for no approval now.", step);
        }
        if (!wanted.get().equals(caller.role().wire())) {
            throw conflict(
                    "step-other-role",
                    "The agreement wants an approval by role \"%s\".",
                    wanted.get());
        }
        refuseTwice(held, Said.Kind.APPROVED);
        send(held, Said.Kind.APPROVED, caller, Optional.empty());
    }

    private static Optional<String> lacking(StepState state) {
        return switch (state) {
            case StepState.Announced(_, _, var lacks) ->
                    lacks.flatMap(lack ->
                            switch (lack) {
                                case StepState.Lack.Approval(var role) -> Optional.of(role);
                                case StepState.Lack.Cosignature _ -> Optional.<String>empty();
                            });
            case StepState.WaitsForApproval(_, var lack) -> Optional.of(lack.role());
            case StepState.Behind _,
                    StepState.NoSilence _,
                    StepState.Ahead _,
                    StepState.ToAnnounce _,
                    StepState.WaitsForCosignature _,
                    StepState.Due _,
                    StepState.Over _ ->
                    Optional.empty();
        };
    }

    /** Stops a step that is not over, also one that is still to come. */
    @Transactional
    public void stop(Which which, String step, String reason, Caller caller) {
        Said.Reason said = said(() -> new Said.Reason(reason));
        Held held = hold(which, step);
        if (held.rung().state() instanceof StepState.Over) {
            throw conflict("step-over", "Step \"%s\" is over.", step);
        }
        refuseTwice(held, Said.Kind.STOPPED);
        send(held, Said.Kind.STOPPED, caller, Optional.of(said));
    }

    /** Records a call, which is the step: whoever was called, when, and what came of it. */
    @Transactional
    public void called(Which which, String step, Said.Call call, Caller caller) {
        Held held = hold(which, step);
        if (!LadderMessages.isCall(held.rung().step())) {
            throw conflict("step-no-call", "Step \"%s\" is no call.", step);
        }
        if (!(held.rung().state() instanceof StepState.Due(var since))) {
            throw conflict("step-not-due", "Step \"%s\" is not due now.", step);
        }
        if (!Phones.isNumber(call.number())) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "call-number",
                    "There is no number \"%s\"; give the one that was called, in E.164."
                            .formatted(call.number()),
                    call.number());
        }
        if (call.at().isBefore(since) || call.at().isAfter(clock.instant().plus(FAST_CLOCK))) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "call-time",
                    "A call counts from %s, when the step was due, until now.".formatted(since),
                    since);
        }
        refuseTwice(held, Said.Kind.CALLED);
        send(held, Said.Kind.CALLED, caller, Optional.of(call));
    }

    private Held hold(Which which, String step) {
        Histories.History found = find(which).orElseThrow(() -> LadderViews.none(which.page()));
        if (ladders.hold(which.about(), found.key()).isEmpty()) {
            throw conflict("ladder-over", "Nothing is climbed about %s now.", which.page());
        }
        // Read again: what others did while they held the row.
        Histories.History history = find(which).orElseThrow();
        Standing.Rung rung =
                history.standing(clock.instant()).stream()
                        .flatMap(standing -> standing.rungs().stream())
                        .filter(one -> one.step().name().equals(step))
                        .findFirst()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-step",
                                        "The agreement's ladder has no step \"%s\"; it has %s."
                                                .formatted(
                                                        step,
                                                        history.ladder().stream()
                                                                .flatMap(
                                                                        one -> one.steps().stream())
                                                                .map(Ladder.Step::name)
                                                                .toList())));
        return new Held(history, rung);
    }

    private Optional<Histories.History> find(Which which) {
        return histories.on(which.about(), which.page()).stream()
                .filter(one -> which.fits(one.key().subject()))
                .findFirst();
    }

    private static ProblemException conflict(String type, String sentence, Object value) {
        return new ProblemException(HttpStatus.CONFLICT, type, sentence.formatted(value), value);
    }

    /** What was said and is on its way is not said again. */
    private void refuseTwice(Held held, Said.Kind kind) {
        Instant now = clock.instant();
        boolean underway =
                held.history().acts().stream()
                        .anyMatch(act ->
                                act.kind() == kind
                                        && act.step().equals(held.rung().step().name())
                                        && !act.refused()
                                        && act.at().map(at -> at.isAfter(now)).orElse(true));
        if (underway) {
            throw conflict(
                    "step-underway",
                    "This was said about step \"%s\" already and is on its way.",
                    held.rung().step().name());
        }
    }

    private void send(Held held, Said.Kind kind, Caller caller, Optional<? extends Said> more) {
        messages.send(
                held.history(),
                new Said.Act(
                        held.history().about(),
                        held.history().key().subject(),
                        held.rung().step().name(),
                        kind,
                        Optional.of(caller.role().wire())),
                more,
                Optional.empty());
    }

    /**
     * @throws ProblemException 422 for what no message can say
     */
    static <T extends Said> T said(Supplier<T> typed) {
        try {
            return typed.get();
        } catch (MalformedMessageException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-text",
                    String.valueOf(e.getMessage()));
        }
    }
}
