package org.jalur.node.register;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.SecretFile;

/** Private keys in PKCS#12 (RFC 7292), as the JDK's own programs write and read it. */
final class KeyStoreFile {
    static final String ED25519 = "Ed25519";
    static final String ML_DSA_44 = "ML-DSA-44";

    private static final String TYPE = "PKCS12";

    private KeyStoreFile() {}

    /** New key pairs by alias. */
    static Map<String, KeyPair> generate(Map<String, String> algorithms) {
        Map<String, KeyPair> pairs = new LinkedHashMap<>();
        algorithms.forEach((alias, algorithm) -> pairs.put(alias, pair(algorithm)));
        return pairs;
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }

    /**
     * @param algorithms by alias, for every pair
     * @param owner named in the certificates
     */
    static void write(
            Path file,
            Passphrase passphrase,
            Map<String, String> algorithms,
            Map<String, KeyPair> pairs,
            String owner)
            throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            for (var one : algorithms.entrySet()) {
                KeyPair pair = Optional.ofNullable(pairs.get(one.getKey())).orElseThrow();
                store.setKeyEntry(
                        one.getKey(),
                        pair.getPrivate(),
                        passphrase.characters(),
                        new Certificate[] {
                            SelfSigned.of(owner + " " + one.getKey(), one.getValue(), pair)
                        });
            }
            var octets = new ByteArrayOutputStream();
            store.store(octets, passphrase.characters());
            SecretFile.write(file, octets.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot write PKCS#12", e);
        }
    }

    /**
     * @throws UnusableKeysException if the file or a key is missing, or the passphrase is another
     */
    static Map<String, KeyPair> read(
            Path file, Passphrase passphrase, Map<String, String> algorithms) {
        try (var octets = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(octets, passphrase.characters());
            Map<String, KeyPair> pairs = new LinkedHashMap<>();
            for (String alias : algorithms.keySet()) {
                pairs.put(alias, pair(store, alias, file, passphrase));
            }
            return pairs;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new UnusableKeysException(
                        "the passphrase does not open %s".formatted(file), e);
            }
            throw new UnusableKeysException(
                    "the key file %s cannot be read as PKCS#12".formatted(file), e);
        } catch (GeneralSecurityException e) {
            throw new UnusableKeysException(
                    "the key file %s has a key that cannot be opened".formatted(file), e);
        }
    }

    private static KeyPair pair(KeyStore store, String alias, Path file, Passphrase passphrase)
            throws GeneralSecurityException {
        Certificate certificate = store.getCertificate(alias);
        if (certificate == null
                || !(store.getKey(alias, passphrase.characters()) instanceof PrivateKey key)) {
            throw new UnusableKeysException(
                    "the key file %s has no key named %s".formatted(file, alias));
        }
        return new KeyPair(certificate.getPublicKey(), key);
    }
}
