package org.jalur.node.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.Standing;
import org.jalur.agreement.ladder.StepState;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Ladders as people and programs read them: the same on both nodes from the same messages. */
@Component
class LadderViews {
    private final Histories histories;
    private final PartStore parts;
    private final Clock clock;

    LadderViews(Histories histories, PartStore parts, Clock clock) {
        this.histories = histories;
        this.parts = parts;
        this.clock = clock;
    }

    /**
     * @param peer the other side
     * @param about what is not answered: notice, lift or appeal
     * @param subject its id on the channel, on both sides
     * @param climber authority or platform
     * @param since when the clock of the agreement began; absent while it has not
     * @param dueAt by when an answer is in time; absent where nobody knows
     * @param answeredAt when the silence ended; absent while it lasts
     * @param accessBlockPossible whether every step up to an access block was taken
     */
    record LadderView(
            String peer,
            String about,
            UUID subject,
            String climber,
            Optional<Instant> since,
            Optional<Instant> dueAt,
            Optional<Instant> answeredAt,
            boolean accessBlockPossible,
            List<Rung> steps) {}

    /**
     * @param state behind, no-silence, ahead, to-announce, announced, waits-approval,
     *     waits-cosignature, due, done, stopped or not-needed
     * @param at when the step comes, came, was due or ended, by its state; absent where nobody
     *     knows
     * @param announceAt of a step ahead
     * @param approval role by which it is still to be approved
     * @param cosignature what is still to be proven
     */
    record Rung(
            String step,
            String action,
            String state,
            Optional<Instant> at,
            Optional<Instant> announceAt,
            Optional<String> approval,
            Optional<Cosignature> cosignature,
            List<Act> acts) {}

    /**
     * @param wantedBy latest time of a witness's signature for the step to come in time
     * @param seen the earliest there is; absent: no independent witness has signed
     * @param enough when that one proves silence for long enough
     */
    record Cosignature(Instant wantedBy, Optional<Instant> seen, Optional<Instant> enough) {}

    /**
     * @param act announced, approved, stopped, taken, called or cosigned
     * @param role of the person; absent: the node itself
     * @param at when it counts; absent while it is on its way
     * @param receipted whether the other side's receipt is there, and not only a vain try
     * @param refused whether the other side does not take it
     * @param reason of a stop; absent once it was erased
     * @param seenAt of a proof: when the witness saw it
     */
    record Act(
            String act,
            Optional<String> role,
            Instant recordedAt,
            Optional<Instant> at,
            boolean receipted,
            boolean refused,
            Optional<String> reason,
            Optional<Call> call,
            Optional<Instant> seenAt) {}

    record Call(String number, Instant at, String outcome, Optional<String> remark) {}

    /**
     * Those that a page shows; none for what has none by its agreement.
     *
     * @param page the notice, the case, whatever this side shows them with
     */
    List<LadderView> on(Silence about, UUID page) {
        return histories.on(about, page).stream().flatMap(one -> view(one).stream()).toList();
    }

    static ProblemException none(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "no-ladder",
                "There is no ladder for %s: nothing was sent, or the agreement has none."
                        .formatted(id));
    }

    private Optional<LadderView> view(Histories.History history) {
        Instant now = clock.instant();
        return history.standing(now)
                .map(standing -> {
                    Map<Hash, Part> opened =
                            parts.open(
                                    history.subject().channel(),
                                    history.acts().stream()
                                            .filter(act -> act.kind() != Said.Kind.COSIGNED)
                                            .flatMap(act -> act.leaf().stream())
                                            .toList());
                    var ladder = history.ladder().orElseThrow();
                    return new LadderView(
                            history.subject().channel().peer().value(),
                            Ladders.wire(ladder.about()),
                            history.key().subject(),
                            ladder.climber().name().toLowerCase(Locale.ROOT),
                            history.since(now),
                            history.dueAt(now),
                            standing.answered(),
                            standing.accessBlockPossible(),
                            standing.rungs().stream()
                                    .map(rung -> rung(rung, history, opened))
                                    .toList());
                });
    }

    private static Rung rung(
            Standing.Rung rung, Histories.History history, Map<Hash, Part> opened) {
        var step = rung.step();
        List<Act> acts =
                history.acts().stream()
                        .filter(act -> act.step().equals(step.name()))
                        .map(act -> act(act, opened))
                        .toList();
        var said = new Words(step.name(), step.action().name().toLowerCase(Locale.ROOT), acts);
        return switch (rung.state()) {
            case StepState.Behind _ -> said.state("behind", Optional.empty());
            case StepState.NoSilence _ -> said.state("no-silence", Optional.empty());
            case StepState.Ahead(var announceAt, var at) ->
                    said.rung(
                            "ahead",
                            Optional.of(at),
                            Optional.of(announceAt),
                            Optional.empty(),
                            Optional.empty());
            case StepState.ToAnnounce(var since) -> said.state("to-announce", Optional.of(since));
            case StepState.Announced(_, var at, var lacks) ->
                    said.rung(
                            "announced",
                            Optional.of(at),
                            Optional.empty(),
                            lacks.flatMap(LadderViews::approval),
                            lacks.flatMap(LadderViews::cosignature));
            case StepState.WaitsForApproval(var since, var lack) ->
                    said.rung(
                            "waits-approval",
                            Optional.of(since),
                            Optional.empty(),
                            Optional.of(lack.role()),
                            Optional.empty());
            case StepState.WaitsForCosignature(var since, var lack) ->
                    said.rung(
                            "waits-cosignature",
                            Optional.of(since),
                            Optional.empty(),
                            Optional.empty(),
                            cosignature(lack));
            case StepState.Due(var since) -> said.state("due", Optional.of(since));
            case StepState.Over(var ending, var at) ->
                    said.state(
                            switch (ending) {
                                case StepState.Ending.Done _ -> "done";
                                case StepState.Ending.Stopped _ -> "stopped";
                                case StepState.Ending.NotNeeded _ -> "not-needed";
                            },
                            Optional.of(at));
        };
    }

    private record Words(String step, String action, List<Act> acts) {
        Rung state(String state, Optional<Instant> at) {
            return rung(state, at, Optional.empty(), Optional.empty(), Optional.empty());
        }

        Rung rung(
                String state,
                Optional<Instant> at,
                Optional<Instant> announceAt,
                Optional<String> approval,
                Optional<Cosignature> cosignature) {
            return new Rung(step, action, state, at, announceAt, approval, cosignature, acts);
        }
    }

    private static Optional<String> approval(StepState.Lack lack) {
        return switch (lack) {
            case StepState.Lack.Approval(var role) -> Optional.of(role);
            case StepState.Lack.Cosignature _ -> Optional.empty();
        };
    }

    private static Optional<Cosignature> cosignature(StepState.Lack lack) {
        return switch (lack) {
            case StepState.Lack.Approval _ -> Optional.empty();
            case StepState.Lack.Cosignature(var wantedBy, var seen, var enough) ->
                    Optional.of(new Cosignature(wantedBy, seen, enough));
        };
    }

    private static Act act(LadderActs.Row act, Map<Hash, Part> opened) {
        Optional<Part> part = act.leaf().flatMap(leaf -> Optional.ofNullable(opened.get(leaf)));
        return new Act(
                act.kind().wire(),
                act.role(),
                act.recordedAt(),
                act.at(),
                act.receipted(),
                act.refused(),
                part.filter(_ -> act.kind() == Said.Kind.STOPPED)
                        .map(one -> Parts.read(one, Said.Reason.class).reason()),
                part.filter(_ -> act.kind() == Said.Kind.CALLED)
                        .map(one -> Parts.read(one, Said.Call.class))
                        .map(call ->
                                new Call(
                                        call.number(),
                                        call.at(),
                                        call.outcome().name().toLowerCase(Locale.ROOT),
                                        call.remark())),
                act.seenAt());
    }
}
