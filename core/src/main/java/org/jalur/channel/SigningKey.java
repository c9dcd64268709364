package org.jalur.channel;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.jalur.log.Ed25519Keys;

/** An Ed25519 private key with its public half. */
public final class SigningKey {
    private static final byte[] PROBE =
            "jalur/1 key check".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final PrivateKey key;
    private final PublicSigningKey publicKey;

    private SigningKey(PrivateKey key, PublicSigningKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(
                    decode(pair.getPrivate().getEncoded()),
                    PublicSigningKey.of(Ed25519Keys.raw(pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /**
     * Two halves as a key store holds them.
     *
     * @throws IllegalArgumentException if they are not Ed25519, or not of one pair
     */
    public static SigningKey of(PrivateKey privateKey, PublicKey publicKey) {
        try {
            var pair =
                    new SigningKey(
                            decode(privateKey.getEncoded()),
                            PublicSigningKey.of(Ed25519Keys.raw(publicKey)));
            if (!pair.publicKey.verifies(PROBE, pair.sign(PROBE))) {
                throw new IllegalArgumentException("the two halves of a key do not fit");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    public PublicSigningKey publicKey() {
        return publicKey;
    }

    public PrivateKey asPrivateKey() {
        return key;
    }

    byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }
}
