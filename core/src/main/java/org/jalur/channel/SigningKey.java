package org.jalur.channel;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jalur.log.Ed25519Keys;

/** An Ed25519 private key with its public half. Its text form never leaves {@link #pem()}. */
public final class SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
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
     * Two PEM blocks: PKCS#8 (RFC 5958) and the raw public key, so that neither is ever guessed.
     */
    public String pem() {
        return "%s\n%s\n%s\npublic: %s\n"
                .formatted(
                        BEGIN,
                        Base64.getEncoder().encodeToString(key.getEncoded()),
                        END,
                        Base64Url.encode(publicKey.raw()));
    }

    public static SigningKey fromPem(String pem) {
        String[] lines = pem.strip().split("\n");
        if (lines.length != 4 || !lines[0].equals(BEGIN) || !lines[2].equals(END)) {
            throw new IllegalArgumentException("not a key file of Jalur: expected " + BEGIN);
        }
        try {
            var key = decode(Base64.getDecoder().decode(lines[1]));
            var publicKey =
                    PublicSigningKey.of(
                            Base64Url.decode(lines[3].replace("public: ", ""), "the public key"));
            var pair = new SigningKey(key, publicKey);
            if (!publicKey.verifies(PROBE, pair.sign(PROBE))) {
                throw new IllegalArgumentException(
                        "the two halves of the key file do not belong together");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key in PKCS#8", e);
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
