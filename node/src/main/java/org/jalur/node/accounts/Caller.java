package org.jalur.node.accounts;

import java.util.UUID;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who makes the present call.
 *
 * @param account for four eyes and idempotency
 * @param role what it may do
 * @param pseudonym the only name that ever leaves the node
 */
public record Caller(UUID account, Role role, String pseudonym) {
    /** The caller of this request. */
    public static Caller current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException(
                "nobody is signed in: the security chain let a call through");
    }
}
