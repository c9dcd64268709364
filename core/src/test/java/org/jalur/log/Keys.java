package org.jalur.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/// Fresh keys for tests.
final class Keys {
    private Keys() {}

    static NoteSigner signer(String name) {
        KeyPair pair = pair("Ed25519");
        return NoteSigner.ed25519(name, pair.getPrivate(), pair.getPublic());
    }

    static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
