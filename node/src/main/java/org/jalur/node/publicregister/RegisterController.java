package org.jalur.node.publicregister;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The register for programs of everybody, without a token. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "public register")
class RegisterController {
    private static final int MOST = 100;

    private final PublicRegister register;
    private final PublicBlocks blocks;

    RegisterController(PublicRegister register, PublicBlocks blocks) {
        this.register = register;
        this.blocks = blocks;
    }

    @GetMapping("/api/public/blocks")
    @Operation(
            summary = "Access blocks in force and past, the newest first, for everybody",
            description =
                    """
                    state: all, in_force or past. q: a part of a name, of the reference or of the organisation. No \
                    person and no content is in it.\
                    """)
    PublicRegister.Page all(
            @RequestParam(defaultValue = "all") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "25") int limit,
            HttpServletResponse response) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        var search = new RegisterIndex.Search(RegisterIndex.Which.of(state), q);
        PublicRegister.Page page = register.page(search, cursor, limit);
        Caching.data(response);
        return page;
    }

    @GetMapping("/api/public/blocks/{id}")
    @Operation(summary = "An access block that is or was in force, for everybody")
    PublicBlock one(@PathVariable UUID id, HttpServletResponse response) {
        PublicBlock block = blocks.one(id);
        Caching.data(response);
        return block;
    }
}
