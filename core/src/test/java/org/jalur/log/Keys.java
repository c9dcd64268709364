package org.jalur.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;

/// Fresh keys for tests.
final class Keys {
    private Keys() {}

    static NoteSigner signer(String name) {
        KeyPair pair = pair("Ed25519");
        return NoteSigner.ed25519(name, pair.getPrivate(), pair.getPublic());
    }

    static NoteSigner ed25519Cosigner(String name, InstantSource clock) {
        KeyPair pair = pair("Ed25519");
        return NoteSigner.ed25519Cosigner(name, pair.getPrivate(), pair.getPublic(), clock);
    }

    static NoteSigner mlDsa44(String name, InstantSource clock) {
        KeyPair pair = pair("ML-DSA-44");
        return NoteSigner.mlDsa44(name, pair.getPrivate(), pair.getPublic(), clock);
    }

    static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
