package org.jalur.node.erasure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Erasure for programs. */
@RestController
@Tag(name = "erasure")
class ErasureController {
    private static final String WHAT =
            """
            Content goes on both sides for good: the keys of its parts are destroyed here at once, there when the \
            message arrives. Facts and every proof stay. 409 if a message about it is not delivered yet.\
            """;

    private final Erasing erasing;

    ErasureController(Erasing erasing) {
        this.erasing = erasing;
    }

    /**
     * @param items numbers whose content goes; left out for all of them
     * @param everything also the reasons, the letter, questions and answers; then no items are
     *     named
     */
    record Request(
            Optional<Set<Integer>> items, Optional<Boolean> everything, ErasureGround ground) {
        Wanted wanted() {
            boolean all = everything.orElse(false);
            if (ground == null) {
                throw invalid(
                        "ground is missing; use data_protection, court_order, retention_ended or mistake.");
            }
            if (items.filter(some -> some.isEmpty() || some.contains(null)).isPresent()) {
                throw invalid(
                        "items is empty or has a null; leave it out to erase all of them, or name numbers.");
            }
            if (all && items.filter(some -> !some.isEmpty()).isPresent()) {
                throw invalid("everything and items contradict each other; leave one of them out.");
            }
            return new Wanted(items.orElse(Set.of()), all, ground);
        }

        private static ProblemException invalid(String detail) {
            return new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "invalid-erasure", detail);
        }
    }

    /**
     * @param parts how many were erased
     */
    record Erased(int parts) {}

    @PostMapping({"/api/notices/{id}/erasure", "/api/cases/{id}/erasure"})
    @Operation(summary = "Erases the content of a notice or case on both sides", description = WHAT)
    Erased erase(@PathVariable UUID id, @RequestBody Request request) {
        return new Erased(erasing.erase(id, request.wanted(), Caller.current().role()));
    }
}
