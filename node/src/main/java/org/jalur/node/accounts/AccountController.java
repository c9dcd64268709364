package org.jalur.node.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and API tokens, for admins. */
@RestController
@Tag(name = "accounts")
class AccountController {
    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    record NewAccount(String name, String role) {}

    record NewToken(UUID account, String label) {}

    /** Shown once. */
    record IssuedToken(String token) {}

    @GetMapping("/api/accounts")
    @Operation(summary = "All accounts of this node")
    List<Accounts.Account> all() {
        return accounts.all();
    }

    @PostMapping("/api/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Opens an account with one role")
    Accounts.Account open(@RequestBody NewAccount account) {
        if (account.name() == null || account.name().isBlank() || account.name().length() > 100) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-account",
                    "name is \"%s\"; give 1 to 100 characters".formatted(account.name()));
        }
        Role role =
                Role.of(String.valueOf(account.role()))
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "invalid-account",
                                        "role is \"%s\"; see the description of this call"
                                                .formatted(account.role())));
        try {
            UUID id = accounts.open(account.name(), role);
            return accounts.all().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-account",
                    String.valueOf(e.getMessage()));
        }
    }

    /**
     * @param organisations of the agreements, by name
     */
    record Membership(List<String> organisations) {}

    @PutMapping("/api/accounts/{id}/organisations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Says for which organisations of the agreements an account files")
    void belongs(@PathVariable UUID id, @RequestBody Membership membership) {
        requireAccount(id);
        List<String> organisations =
                Optional.ofNullable(membership.organisations()).orElse(List.of());
        if (organisations.size() > 100
                || organisations.stream()
                        .anyMatch(one -> one == null || one.isBlank() || one.length() > 200)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-account",
                    "organisations are %s; give up to 100 names of 1 to 200 characters"
                            .formatted(organisations));
        }
        accounts.belongs(id, organisations);
    }

    private void requireAccount(UUID id) {
        if (accounts.all().stream().noneMatch(one -> one.id().equals(id))) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-account",
                    "account %s does not exist".formatted(id));
        }
    }

    @GetMapping("/api/tokens")
    @Operation(summary = "All API tokens, without their text")
    List<Accounts.Token> tokens() {
        return accounts.tokens();
    }

    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Issues an API token; its text is in this answer and nowhere else")
    IssuedToken issue(@RequestBody NewToken token) {
        requireAccount(token.account());
        return new IssuedToken(accounts.issue(token.account(), String.valueOf(token.label())));
    }

    @DeleteMapping("/api/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revokes an API token at once")
    void revoke(@PathVariable UUID id) {
        if (!accounts.revoke(id)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-token",
                    "no token %s that could be revoked".formatted(id));
        }
    }
}
