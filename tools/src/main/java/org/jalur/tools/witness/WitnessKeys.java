package org.jalur.tools.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import org.jalur.log.NoteSigner;
import org.jalur.log.SecretFile;

/**
 * The keys of a witness, one file each that only its owner can read: made at the first start and
 * never again, for everybody who trusts the witness has them in a policy. The only place that reads
 * and writes them.
 */
final class WitnessKeys {
    private static final String ED25519 = "Ed25519";
    private static final String ML_DSA_44 = "ML-DSA-44";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private final NoteSigner ed25519;
    private final NoteSigner mlDsa44;

    private WitnessKeys(NoteSigner ed25519, NoteSigner mlDsa44) {
        this.ed25519 = ed25519;
        this.mlDsa44 = mlDsa44;
    }

    /**
     * @param folder of the keys; made if missing
     * @throws IllegalArgumentException if a file is no such key, or the name cannot be a key's
     */
    static WitnessKeys open(Path folder, String name, InstantSource clock) throws IOException {
        SecretFile.makeFolder(folder);
        KeyPair classic = pair(folder.resolve("witness.pem"), ED25519);
        KeyPair later = pair(folder.resolve("witness-ml-dsa-44.pem"), ML_DSA_44);
        return new WitnessKeys(
                NoteSigner.ed25519Cosigner(name, classic.getPrivate(), classic.getPublic(), clock),
                NoteSigner.mlDsa44(name, later.getPrivate(), later.getPublic(), clock));
    }

    NoteSigner[] signers() {
        return new NoteSigner[] {ed25519, mlDsa44};
    }

    /** A policy file (C2SP tlog-policy) that asks for this witness by either of its keys. */
    String policy(String url) {
        String name = ed25519.verifier().name();
        return """
        # Asks for the witness %s by one of its two keys, Ed25519 or ML-DSA-44.
        witness %s.ed25519 %s %s
        witness %s.ml-dsa-44 %s %s
        group %s any %s.ed25519 %s.ml-dsa-44
        quorum %s
        """
                .formatted(
                        name,
                        name,
                        ed25519.verifier().vkey(),
                        url,
                        name,
                        mlDsa44.verifier().vkey(),
                        url,
                        name,
                        name,
                        name,
                        name);
    }

    private static KeyPair pair(Path file, String algorithm) throws IOException {
        try {
            if (!Files.exists(file)) {
                KeyPair made = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
                SecretFile.write(
                        file,
                        pem(PRIVATE, made.getPrivate().getEncoded())
                                + pem(PUBLIC, made.getPublic().getEncoded()));
            }
            String pem = Files.readString(file);
            KeyFactory keys = KeyFactory.getInstance(algorithm);
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(block(file, pem, PUBLIC))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(block(file, pem, PRIVATE))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "%s holds no key pair of %s".formatted(file, algorithm), e);
        }
    }

    private static String pem(String label, byte[] octets) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        label,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets),
                        label);
    }

    private static byte[] block(Path file, String pem, String label) {
        String begin = "-----BEGIN %s-----".formatted(label);
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END %s-----".formatted(label));
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("%s has no %s".formatted(file, begin));
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
