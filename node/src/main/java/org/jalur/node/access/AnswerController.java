package org.jalur.node.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jalur.access.InvalidAccessException;
import org.jalur.node.accounts.Caller;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a platform's own system answers to an order. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "access blocks")
class AnswerController {
    private final AnswerMessages answers;
    private final BlockViews views;

    AnswerController(AnswerMessages answers, BlockViews views) {
        this.answers = answers;
        this.views = views;
    }

    record Answer(String text) {}

    @PostMapping("/api/access-blocks/{id}/answers")
    @Operation(summary = "Answers an order, before it takes effect or while it is in force")
    BlockJson answer(@PathVariable UUID id, @RequestBody Answer answer) {
        answers.answer(id, answer.text() == null ? "" : answer.text().strip(), Caller.current());
        return BlockJson.of(views.detail(id));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidAccessException e) {
        return BlockController.problem(e);
    }
}
