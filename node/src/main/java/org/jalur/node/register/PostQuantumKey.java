package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;

/** An ML-DSA-44 key pair (FIPS 204) as a file: PKCS#8, then the public key, in PEM. */
final class PostQuantumKey {
    static final String CHECKPOINT = "checkpoint-ml-dsa-44.pem";
    static final String WITNESS = "witness-ml-dsa-44.pem";

    private static final String ALGORITHM = "ML-DSA-44";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private PostQuantumKey() {}

    /** Makes a pair and writes it; answers what checks its signatures under the name. */
    static NoteVerifier write(Path folder, String file, String name) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            KeyFiles.writeSecret(
                    folder.resolve(file),
                    pem(PRIVATE, pair.getPrivate().getEncoded())
                            + pem(PUBLIC, pair.getPublic().getEncoded()));
            return NoteVerifier.mlDsa44(name, pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    /**
     * @throws IllegalArgumentException if the file holds no such pair
     */
    static NoteSigner read(Path file, String name, InstantSource clock) throws IOException {
        String pem = Files.readString(file);
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            PrivateKey privateKey =
                    keys.generatePrivate(new PKCS8EncodedKeySpec(block(pem, PRIVATE)));
            PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(block(pem, PUBLIC)));
            return NoteSigner.mlDsa44(name, privateKey, publicKey, clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "%s holds no key pair of %s".formatted(file, ALGORITHM), e);
        }
    }

    private static String pem(String label, byte[] octets) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        label,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets),
                        label);
    }

    private static byte[] block(String pem, String label) {
        String begin = "-----BEGIN %s-----".formatted(label);
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END %s-----".formatted(label));
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("not a key file of Jalur: expected " + begin);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
