package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.SigningKey;

/** The file of a party's identity key, which is kept offline. */
public final class IdentityKey {
    private static final String ALIAS = "identity";
    private static final Map<String, String> ALGORITHMS = Map.of(ALIAS, KeyStoreFile.ED25519);

    private IdentityKey() {}

    public static SigningKey create(Path file, Passphrase passphrase, String party)
            throws IOException {
        Map<String, KeyPair> pairs = KeyStoreFile.generate(ALGORITHMS);
        KeyStoreFile.write(file, passphrase, ALGORITHMS, pairs, party);
        return signingKey(pairs);
    }

    /**
     * @throws UnusableKeysException if it cannot be opened
     */
    public static SigningKey open(Path file, Passphrase passphrase) {
        try {
            return signingKey(KeyStoreFile.read(file, passphrase, ALGORITHMS));
        } catch (IllegalArgumentException e) {
            throw new UnusableKeysException(
                    "%s holds no identity key: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static SigningKey signingKey(Map<String, KeyPair> pairs) {
        KeyPair pair = Optional.ofNullable(pairs.get(ALIAS)).orElseThrow();
        return SigningKey.of(pair.getPrivate(), pair.getPublic());
    }
}
