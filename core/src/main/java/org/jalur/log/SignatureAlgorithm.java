package org.jalur.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/// The signature algorithms of note keys, as the Java platform has them.
enum SignatureAlgorithm {
    /// RFC 8032.
    ED25519("Ed25519", 64),
    /// FIPS 204.
    ML_DSA_44("ML-DSA-44", 2420);

    // Nothing that is ever signed: a note's text ends in a newline, a cosigned message begins with
    // its label.
    private static final byte[] PAIR_CHECK =
            "do these keys belong together?".getBytes(StandardCharsets.UTF_8);

    private final String jdkName;
    private final int signatureBytes;

    SignatureAlgorithm(String jdkName, int signatureBytes) {
        this.jdkName = jdkName;
        this.signatureBytes = signatureBytes;
    }

    int signatureBytes() {
        return signatureBytes;
    }

    /// @throws IllegalArgumentException if the bytes are no usable public key
    PublicKey decode(byte[] raw) {
        return switch (this) {
            case ED25519 -> Ed25519Keys.decode(raw);
            case ML_DSA_44 -> MlDsa44Keys.decode(raw);
        };
    }

    /// @throws IllegalArgumentException if the key is of another kind
    byte[] raw(PublicKey key) {
        return switch (this) {
            case ED25519 -> Ed25519Keys.raw(key);
            case ML_DSA_44 -> MlDsa44Keys.raw(key);
        };
    }

    boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != signatureBytes) {
            return false;
        }
        try {
            Signature algorithm = Signature.getInstance(jdkName);
            algorithm.initVerify(key);
            algorithm.update(message);
            return algorithm.verify(signature);
        } catch (SignatureException e) {
            // How the JDK says that R is no point, S not below the group order, or the hints of
            // ML-DSA are not in order.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(jdkName + " is part of the JDK", e);
        }
    }

    /// @throws IllegalArgumentException if the key is of another kind
    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature algorithm = Signature.getInstance(jdkName);
            algorithm.initSign(key);
            algorithm.update(message);
            return algorithm.sign();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "not a private key of " + jdkName + " but of " + key.getAlgorithm(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(jdkName + " is part of the JDK", e);
        }
    }

    /// @throws IllegalArgumentException if the keys are not one pair
    void checkPair(PrivateKey privateKey, PublicKey publicKey) {
        if (!verifies(publicKey, PAIR_CHECK, sign(privateKey, PAIR_CHECK))) {
            throw new IllegalArgumentException(
                    "the two keys of " + jdkName + " do not belong together");
        }
    }
}
