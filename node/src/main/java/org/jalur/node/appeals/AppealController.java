package org.jalur.node.appeals;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Appeals of both sides, as they stand. */
@RestController
@Tag(name = "appeals")
class AppealController {
    private static final int MOST = 500;

    private final AppealViews views;

    AppealController(AppealViews views) {
        this.views = views;
    }

    @GetMapping("/api/appeals")
    @Operation(
            summary =
                    "Appeals of affected users: the open by nearest deadline, or the newest decided",
            description =
                    "An authority sees those about its notices; a platform those about all of its cases.")
    AppealViews.Page all(
            @RequestParam(defaultValue = "open") String which,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        return views.page(AppealViews.Which.of(which), cursor, limit);
    }

    @GetMapping("/api/appeals/{id}")
    @Operation(
            summary = "An appeal: the item, the words as far as this side may read them, outcome")
    AppealViews.Detail one(@PathVariable UUID id) {
        return views.detail(id);
    }
}
