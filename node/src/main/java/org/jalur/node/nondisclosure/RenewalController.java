package org.jalur.node.nondisclosure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Problems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Renewals for programs of an authority; the notice shows how each stands. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "notices")
class RenewalController {
    private final Renewals renewals;

    RenewalController(Renewals renewals) {
        this.renewals = renewals;
    }

    @PostMapping("/api/notices/{id}/renewals")
    @Operation(
            summary = "Asks for the renewal of a notice's non-disclosure, before it ends",
            description =
                    """
                    Nothing leaves the node before another person approves. Once for each notice, and no longer than \
                    the agreement says that the notice cites: 422 names the clause.\
                    """)
    ResponseEntity<Map<String, UUID>> ask(@PathVariable UUID id, @RequestBody RenewalForm form) {
        UUID renewal = renewals.ask(id, form, Caller.current());
        return ResponseEntity.created(URI.create("/api/notices/" + id)).body(Map.of("id", renewal));
    }

    @PostMapping("/api/notices/{id}/renewals/{renewal}/approval")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Approves a renewal of another person; the last approval needed sends it",
            description =
                    """
                    With root, as the notice shows it, only what you read is approved. signOff is what \
                    "./jalur approve" signed, where the party's keys name approvers: 422 without.\
                    """)
    void approve(
            @PathVariable UUID id,
            @PathVariable UUID renewal,
            @RequestParam Optional<String> root,
            @RequestParam Optional<String> signOff) {
        renewals.approve(
                id, renewal, root.map(RenewalController::digest), signOff, Caller.current());
    }

    @GetMapping("/api/notices/{id}/renewals/draft-file")
    @Operation(summary = "The renewal that waits, for \"./jalur approve\"")
    ResponseEntity<byte[]> file(@PathVariable UUID id) {
        return ServedFile.of(
                "renewal-%s.draft".formatted(id),
                "application/octet-stream",
                renewals.file(id).octets());
    }

    @PostMapping("/api/notices/{id}/renewals/{renewal}/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Discards a renewal that waits for approval")
    void discard(@PathVariable UUID id, @PathVariable UUID renewal) {
        renewals.discard(id, renewal);
    }

    static Hash digest(String hex) {
        try {
            return Hash.parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-root",
                    "root is \"%s\"; use the 64 hexadecimal digits that the notice shows"
                            .formatted(hex));
        }
    }

    @ExceptionHandler
    ProblemDetail broken(BrokenRenewalException e) {
        return Problems.problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "outside-agreement",
                String.valueOf(e.getMessage()));
    }
}
