package org.jalur.tools.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jalur.channel.SigningKey;
import org.jalur.log.SecretFile;

/** A probe's key in a file that only its owner can read: the private half, then the public one. */
final class ProbeKey {
    private ProbeKey() {}

    static SigningKey create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException("%s exists; a key is not replaced".formatted(file));
        }
        SigningKey key = SigningKey.generate();
        Base64.Encoder base64 = Base64.getEncoder();
        SecretFile.write(
                file.toAbsolutePath(),
                base64.encodeToString(key.asPrivateKey().getEncoded())
                        + "\n"
                        + base64.encodeToString(key.publicKey().asPublicKey().getEncoded())
                        + "\n");
        return key;
    }

    /**
     * @throws IOException if the file cannot be read, or holds no such key
     */
    static SigningKey read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try {
            if (lines.size() == 2) {
                Base64.Decoder base64 = Base64.getDecoder();
                KeyFactory keys = KeyFactory.getInstance("Ed25519");
                PublicKey publicKey =
                        keys.generatePublic(new X509EncodedKeySpec(base64.decode(lines.get(1))));
                return SigningKey.of(
                        keys.generatePrivate(
                                new PKCS8EncodedKeySpec(base64.decode(lines.getFirst()))),
                        publicKey);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("%s holds no key of a probe".formatted(file), e);
        }
        throw new IOException("%s holds no key of a probe".formatted(file));
    }

    /** As it is registered with the authority's node. */
    static String shown(SigningKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey().raw());
    }
}
