package org.jalur.node.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person or a system may do; one role for each account. */
public enum Role {
    /** Drafts notices for an authority. */
    OFFICER(true, false),
    /** Approves what another officer drafted. */
    APPROVER(true, false),
    /** Decides cases for a platform. */
    REVIEWER(false, true),
    /** Decides cases, releases the claims of others. */
    SENIOR_REVIEWER(false, true),
    /**
     * Negotiates agreements and signs them, together with another signatory. Whoever files or
     * decides has no say in what may be filed.
     */
    SIGNATORY(true, true),
    /** Manages accounts and tokens; sees no content. */
    ADMIN(true, true),
    /** Reads everything, changes nothing. */
    AUDITOR(true, true),
    /** The platform's own systems: asks before publishing. */
    CONNECTOR(false, true),
    /** A resolver's own systems: fetch what is blocked, and nothing else. */
    RESOLVER(true, false);

    private final boolean authority;
    private final boolean platform;

    Role(boolean authority, boolean platform) {
        this.authority = authority;
        this.platform = platform;
    }

    /** The name in the API: lower case with hyphens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> of(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire().equals(wire)).findFirst();
    }

    public boolean exists(boolean onAuthority) {
        return onAuthority ? authority : platform;
    }
}
