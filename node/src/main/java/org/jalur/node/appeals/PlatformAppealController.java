package org.jalur.node.appeals;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.node.accounts.Caller;
import org.jalur.node.enforcement.AppealLinks;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a platform's own systems file appeals, and its reviewers decide them. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "appeals")
class PlatformAppealController {
    private final Appealing appealing;
    private final AppealLinks links;
    private final Deciding deciding;
    private final AppealViews views;

    PlatformAppealController(
            Appealing appealing, AppealLinks links, Deciding deciding, AppealViews views) {
        this.appealing = appealing;
        this.links = links;
        this.deciding = deciding;
        this.views = views;
    }

    /**
     * @param action id of the connector's action whose statement told the user
     * @param appellant author or association
     * @param words why; at most 5,000 characters
     * @param contact for questions; at most 254 characters
     * @param share whether the authority may read the words; left out: it may not
     */
    record NewAppeal(
            UUID action,
            Appellant appellant,
            String words,
            Optional<String> contact,
            Optional<Boolean> share) {
        NewAppeal {
            if (action == null) {
                throw new InvalidNoticeException("action", Rule.MISSING);
            }
            if (appellant == null) {
                throw new InvalidNoticeException("appellant", Rule.MISSING);
            }
            if (words == null) {
                throw new InvalidNoticeException("words", Rule.MISSING);
            }
        }

        Filing filing() {
            return new Filing(appellant, words, contact.orElse(""), share.orElse(false));
        }
    }

    /**
     * @param id by which the platform asks what becomes of it
     */
    record Taken(UUID id, AppealViews.Summary appeal) {}

    @PostMapping("/api/appeals")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Files an appeal that the platform itself took in",
            description =
                    """
                    About the item of an action whose statement told the user. Send an Idempotency-Key, so that a \
                    repeated call files once. 404 for an action that told nobody, 409 with the rule that the appeal \
                    breaks: appeal-too-late, appeal-twice, appeal-not-restricted, appeal-not-appellant or \
                    appeal-undisclosed.\
                    """)
    Taken file(@RequestBody NewAppeal filed) {
        AppealLinks.Link link =
                links.byAction(filed.action())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-action",
                                        "No action %s told anybody of a decision; name the id of the action with that statement."
                                                .formatted(filed.action())));
        UUID id = appealing.file(link, filed.filing());
        return new Taken(id, views.summary(views.require(id)));
    }

    @PostMapping("/api/appeals/{id}/claim")
    @Operation(
            summary = "Claims an appeal, or prolongs the claim",
            description = "403 for whoever decided about the item, where the agreement says so.")
    AppealViews.Detail claim(@PathVariable UUID id) {
        deciding.claim(id, Caller.current());
        return views.detail(id);
    }

    @PostMapping("/api/appeals/{id}/release")
    @Operation(summary = "Gives a claim back; a senior reviewer can release anybody's")
    AppealViews.Detail release(@PathVariable UUID id) {
        deciding.release(id, Caller.current());
        return views.detail(id);
    }

    @PostMapping("/api/appeals/{id}/decision")
    @Operation(
            summary = "Decides a claimed appeal",
            description =
                    """
                    Granted: the content is restored unless something else restricts it, the signatures of the block \
                    are taken out, what they held back is opened again, and the authority is told, all at once. \
                    409 once it is decided.\
                    """)
    AppealViews.Detail decide(@PathVariable UUID id, @RequestBody AppealDecision decision) {
        deciding.decide(id, decision, Caller.current());
        return views.detail(id);
    }
}
