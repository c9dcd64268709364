package org.jalur.node.accounts;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who makes the present call.
 *
 * @param account for four eyes and idempotency
 * @param role what it may do
 * @param pseudonym the only name that ever leaves the node
 */
public record Caller(UUID account, Role role, String pseudonym)
        implements AuthenticatedPrincipal, Serializable {
    /** By which sessions are found; not the name people know. */
    @Override
    public String getName() {
        return account.toString();
    }

    /** As the security chain knows this caller. */
    Authentication authentication() {
        return UsernamePasswordAuthenticationToken.authenticated(
                this, null, List.of(new SimpleGrantedAuthority("ROLE_" + role.name())));
    }

    /** The caller of this request. */
    public static Caller current() {
        return find().orElseThrow(() ->
                new IllegalStateException(
                        "nobody is signed in: the security chain let a call through"));
    }

    /** The caller of this request; empty where nobody need be signed in. */
    public static Optional<Caller> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
