package org.jalur.node.escalation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.node.accounts.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Ladders for programs: how they stand on either side, and what the authority does about them. */
@RestController
@Tag(name = "escalation")
class LadderController {
    private final LadderViews views;
    private final Steps steps;

    LadderController(LadderViews views, Steps steps) {
        this.views = views;
        this.steps = steps;
    }

    /**
     * @param step by its name in the agreement
     */
    record Approval(String step) {}

    record Stop(String step, String reason) {}

    /**
     * @param number that was called, E.164
     * @param at when, not before the step was due
     */
    record Call(
            String step, String number, Instant at, Said.Outcome outcome, Optional<String> remark) {
        private Said.Call said() {
            return Steps.said(() -> new Said.Call(number, at, outcome, remark));
        }
    }

    @GetMapping("/api/notices/{id}/ladder")
    @Operation(summary = "The ladder of a notice: each step, what was done, what it waits for")
    LadderViews.LadderView ofNotice(@PathVariable UUID id) {
        return one(id);
    }

    @GetMapping("/api/cases/{id}/ladder")
    @Operation(summary = "The same as the other side sees it, of the notice that opened a case")
    LadderViews.LadderView ofCase(@PathVariable UUID id) {
        return one(id);
    }

    @PostMapping("/api/notices/{id}/ladder/approval")
    @Operation(summary = "Approves a step that was announced, by the role that the agreement wants")
    LadderViews.LadderView approve(@PathVariable UUID id, @RequestBody Approval approval) {
        steps.approve(notice(id), approval.step(), Caller.current());
        return ofNotice(id);
    }

    @PostMapping("/api/notices/{id}/ladder/stop")
    @Operation(
            summary = "Stops a step with a reason",
            description = "A stopped warning ends the ladder; after other steps it goes on.")
    LadderViews.LadderView stop(@PathVariable UUID id, @RequestBody Stop stop) {
        steps.stop(notice(id), stop.step(), stop.reason(), Caller.current());
        return ofNotice(id);
    }

    @PostMapping("/api/notices/{id}/ladder/call")
    @Operation(summary = "Records a call that is due: who was called, when, and what came of it")
    LadderViews.LadderView called(@PathVariable UUID id, @RequestBody Call call) {
        steps.called(notice(id), call.step(), call.said(), Caller.current());
        return ofNotice(id);
    }

    @GetMapping("/api/access-blocks/{id}/ladders")
    @Operation(
            summary =
                    "The ladders of an access block: of each lift that is due, until it is confirmed",
            description = "subject names the lift, in the paths below and on both sides.")
    List<LadderViews.LadderView> ofBlock(@PathVariable UUID id) {
        return views.on(Silence.LIFT, id);
    }

    @PostMapping("/api/access-blocks/{id}/ladders/{lift}/approval")
    @Operation(summary = "Approves a step that was announced because a lift is not confirmed")
    LadderViews.LadderView approveOfLift(
            @PathVariable UUID id, @PathVariable UUID lift, @RequestBody Approval approval) {
        steps.approve(lift(id, lift), approval.step(), Caller.current());
        return ofLift(id, lift);
    }

    @PostMapping("/api/access-blocks/{id}/ladders/{lift}/stop")
    @Operation(summary = "Stops such a step with a reason")
    LadderViews.LadderView stopOfLift(
            @PathVariable UUID id, @PathVariable UUID lift, @RequestBody Stop stop) {
        steps.stop(lift(id, lift), stop.step(), stop.reason(), Caller.current());
        return ofLift(id, lift);
    }

    @PostMapping("/api/access-blocks/{id}/ladders/{lift}/call")
    @Operation(summary = "Records such a call: who was called, when, and what came of it")
    LadderViews.LadderView calledOfLift(
            @PathVariable UUID id, @PathVariable UUID lift, @RequestBody Call call) {
        steps.called(lift(id, lift), call.step(), call.said(), Caller.current());
        return ofLift(id, lift);
    }

    private static Steps.Which notice(UUID id) {
        return new Steps.Which(Silence.NOTICE, id, Optional.empty());
    }

    private static Steps.Which lift(UUID block, UUID lift) {
        return new Steps.Which(Silence.LIFT, block, Optional.of(lift));
    }

    private LadderViews.LadderView one(UUID page) {
        return views.on(Silence.NOTICE, page).stream()
                .findFirst()
                .orElseThrow(() -> LadderViews.none(page));
    }

    private LadderViews.LadderView ofLift(UUID block, UUID lift) {
        return ofBlock(block).stream()
                .filter(one -> one.subject().equals(lift))
                .findFirst()
                .orElseThrow(() -> LadderViews.none(lift));
    }
}
