package org.jalur.node.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.access.InvalidAccessException;
import org.jalur.evidence.Subject;
import org.jalur.node.evidence.EvidenceDownloads;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Access blocks for programs, on either side. */
@RestController
@Tag(name = "access blocks")
class BlockController {
    private static final int MOST = 500;

    private final BlockViews views;
    private final AccessBlocks blocks;
    private final EvidenceDownloads evidence;

    BlockController(BlockViews views, AccessBlocks blocks, EvidenceDownloads evidence) {
        this.views = views;
        this.blocks = blocks;
        this.evidence = evidence;
    }

    @GetMapping("/api/access-blocks")
    @Operation(
            summary = "Orders that were sent, the newest first",
            description = "Drafts are seen on their own; next of a page is the cursor of the next.")
    BlockViews.Page all(
            @RequestParam Optional<String> cursor, @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        return views.page(cursor, limit);
    }

    @GetMapping("/api/access-blocks/{id}")
    @Operation(
            summary =
                    "An order or its draft: names, ground, conditions, approvals, and what happened",
            description =
                    """
                    counts says whether an event fits where its time puts it; what does not fit did not happen, on \
                    both sides.\
                    """)
    BlockJson one(@PathVariable UUID id) {
        return BlockJson.of(views.detail(id));
    }

    @GetMapping("/api/access-blocks/{id}/evidence")
    @Operation(
            summary = "Evidence about an order and all that was said about it",
            description = "A ZIP that ./jalur verify checks offline. open: facts, content.")
    void evidence(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") Set<String> open,
            HttpServletResponse response)
            throws IOException {
        Block block = blocks.one(id);
        evidence.write(
                block.channel(),
                block.order(),
                new Subject(Subject.Kind.ACCESS_BLOCK, block.order()),
                open,
                response);
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidAccessException e) {
        return problem(e);
    }

    static ProblemDetail problem(InvalidAccessException e) {
        ProblemDetail problem =
                Problems.problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "access-rule",
                        String.valueOf(e.getMessage()));
        problem.setProperty("field", e.field());
        problem.setProperty("rule", BlockViews.word(e.rule()));
        return problem;
    }
}
