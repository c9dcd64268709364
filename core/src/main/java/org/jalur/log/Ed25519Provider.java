package org.jalur.log;

import java.security.Provider;
import java.security.Security;

/// Ed25519 by Bouncy Castle where a program has it, many times as fast as the JDK's
/// (docs/benchmarks.md); everything else stays with the JDK, whose AES and SHA-2 use the
/// processor's own instructions. Without Bouncy Castle nothing changes but the speed.
public final class Ed25519Provider extends Provider {
    private static final String NAME = "JalurEd25519";
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jcajce.provider.asymmetric.edec.";

    private static final String SIGNATURE_CLASS =
            BOUNCY_CASTLE.replace('.', '/') + "SignatureSpi$Ed25519.class";

    private Ed25519Provider() {
        super(NAME, "1", "Ed25519 of Bouncy Castle and nothing else of it");
        put("Signature.Ed25519", BOUNCY_CASTLE + "SignatureSpi$Ed25519");
        put("KeyFactory.Ed25519", BOUNCY_CASTLE + "KeyFactorySpi$Ed25519");
    }

    /// Asks this provider first, from now on; for programs, at their start.
    public static void prefer() {
        if (Security.getProvider(NAME) == null && isThere()) {
            Security.insertProviderAt(new Ed25519Provider(), 1);
        }
    }

    private static boolean isThere() {
        return Ed25519Provider.class.getClassLoader().getResource(SIGNATURE_CLASS) != null;
    }
}
