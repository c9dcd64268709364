package org.jalur.node.cases;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases, for reviewers, auditors and the platform's own systems. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "cases")
class CaseController {
    private static final int MOST = 500;
    private static final Set<String> STATES = Set.of("open", "waiting", "closed", "withdrawn");

    private final Cases cases;
    private final Claims claims;
    private final SecondReviews secondReviews;
    private final Interims interims;
    private final CaseViews views;

    CaseController(
            Cases cases,
            Claims claims,
            SecondReviews secondReviews,
            Interims interims,
            CaseViews views) {
        this.cases = cases;
        this.claims = claims;
        this.secondReviews = secondReviews;
        this.interims = interims;
        this.views = views;
    }

    @GetMapping("/api/cases")
    @Operation(summary = "The queue of one state, by nearest deadline")
    CaseViews.Page queue(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (!STATES.contains(state)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-state",
                    "state is \"%s\"; use open, waiting, closed or withdrawn".formatted(state));
        }
        return views.byDeadline(state, cursor, limited(limit));
    }

    @GetMapping("/api/cases/{id}")
    @Operation(summary = "A case: notice, items with measures and probes, hits, timeline")
    CaseViews.Detail one(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int fromItem,
            @RequestParam(defaultValue = "100") int limit) {
        return views.detail(id, fromItem, limited(limit));
    }

    @PostMapping("/api/cases/next/claim")
    @Operation(
            summary = "Claims the unclaimed case whose time runs out first",
            description =
                    "Two that ask at the same moment get two cases. Ask for the case itself next. 404 when there is none.")
    CaseViews.Claimed claimNext() {
        return claims.claimNext(Caller.current())
                .map(CaseViews.Claimed::new)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "nothing-to-claim",
                                "There is no unclaimed open case; ask again later."));
    }

    @PostMapping("/api/cases/{id}/claim")
    @Operation(
            summary = "Claims a case, or prolongs the claim",
            description =
                    "The first claim is the acknowledgement that the authority sees. 409 names who has it.")
    CaseViews.Detail claim(@PathVariable UUID id) {
        claims.claim(id, Caller.current());
        return views.detail(id, 1, 100);
    }

    @PostMapping("/api/cases/{id}/release")
    @Operation(summary = "Gives a claim back; a senior reviewer can release anybody's")
    CaseViews.Detail release(@PathVariable UUID id) {
        claims.release(id, Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/cases/{id}/decisions")
    @Operation(
            summary = "Decides items of a claimed case; all of them are one message",
            description =
                    "Items for which the agreement wants a second reviewer are not decided yet: they are in unconfirmed.")
    CaseViews.Detail decide(@PathVariable UUID id, @RequestBody DecisionForm form) {
        cases.decide(id, form, Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/cases/{id}/interim")
    @Operation(
            summary = "Withholds open items of a claimed case before they are decided",
            description =
                    "Where the agreement allows it; ends by itself after the agreed time. 409 where it is not agreed, and for an item that was withheld before.")
    CaseViews.Detail withhold(@PathVariable UUID id, @RequestBody InterimForm form) {
        interims.withhold(id, form, Caller.current());
        return views.detail(id, 1, 100);
    }

    @PostMapping("/api/cases/{id}/interim/end")
    @Operation(summary = "Shows again what a claimed case withholds undecided")
    CaseViews.Detail showAgain(@PathVariable UUID id) {
        interims.giveUp(id, Caller.current());
        return views.detail(id, 1, 100);
    }

    /**
     * @param reason what is to be thought over
     */
    record SendBack(String reason) {}

    @PostMapping("/api/cases/{id}/unconfirmed/{decision}/confirmation")
    @Operation(
            summary = "A second reviewer confirms a decision that waits",
            description =
                    "What the agreement wants confirmed waits in unconfirmed, and leaves the node once another reviewer confirms it. 403 for the one who wanted it, 409 once it was confirmed or sent back.")
    CaseViews.Detail confirm(@PathVariable UUID id, @PathVariable UUID decision) {
        secondReviews.confirm(id, decision, Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/cases/{id}/unconfirmed/{decision}/return")
    @Operation(summary = "A second reviewer sends a decision back, with a reason")
    CaseViews.Detail sendBack(
            @PathVariable UUID id, @PathVariable UUID decision, @RequestBody SendBack said) {
        secondReviews.sendBack(
                id, decision, Optional.ofNullable(said.reason()).orElse(""), Caller.current());
        return views.detail(id, 1, 0);
    }

    private static int limited(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        return limit;
    }
}
