package org.jalur.node;

import java.security.Provider;
import java.security.Security;

/**
 * Ed25519 by Bouncy Castle, many times as fast as the JDK's (docs/benchmarks.md); everything else
 * stays with the JDK, whose AES and SHA-2 use the processor's own instructions.
 */
public final class Ed25519Provider extends Provider {
    private static final String NAME = "JalurEd25519";
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jcajce.provider.asymmetric.edec.";

    private Ed25519Provider() {
        super(NAME, "1", "Ed25519 of Bouncy Castle and nothing else of it");
        put("Signature.Ed25519", BOUNCY_CASTLE + "SignatureSpi$Ed25519");
        put("KeyFactory.Ed25519", BOUNCY_CASTLE + "KeyFactorySpi$Ed25519");
    }

    /** Asks this provider first, from now on. */
    public static void prefer() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new Ed25519Provider(), 1);
        }
    }
}
