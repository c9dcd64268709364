package org.jalur.node.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.Jws;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agreement that both identity keys signed over the same octets, outside of the channel.
 *
 * @param authority JWS over the agreement by the authority's identity key
 * @param platform the same by the platform's
 * @param authorityIdentity the 32 octets of that key, base64url
 */
public record AgreementFile(
        String authority, String platform, String authorityIdentity, String platformIdentity) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static void write(
            Path file, Agreement agreement, SigningKey authority, SigningKey platform)
            throws IOException {
        byte[] octets = AgreementText.write(agreement).octets();
        Files.write(
                file,
                JSON.writeValueAsBytes(
                        new AgreementFile(
                                Jws.sign(Jws.Type.AGREEMENT, octets, authority).compact(),
                                Jws.sign(Jws.Type.AGREEMENT, octets, platform).compact(),
                                base64(authority),
                                base64(platform))));
    }

    /**
     * @throws IllegalStateException if the two signed different octets, or another key than the one
     *     that the agreement names signed for a party
     */
    static AgreementFile read(Path path) throws IOException {
        AgreementFile file = JSON.readValue(Files.readAllBytes(path), AgreementFile.class);
        Jws authority = Jws.parse(file.authority(), Jws.Type.AGREEMENT);
        Jws platform = Jws.parse(file.platform(), Jws.Type.AGREEMENT);
        if (!Arrays.equals(authority.payload(), platform.payload())) {
            throw new IllegalStateException(path + ": the two parties signed different octets");
        }
        Agreement agreement = file.text().agreement();
        require(path, authority, file.authorityIdentity(), agreement.authority().identity());
        require(path, platform, file.platformIdentity(), agreement.platform().identity());
        return file;
    }

    AgreementText text() {
        return AgreementText.read(Jws.parse(authority, Jws.Type.AGREEMENT).payload());
    }

    private static void require(Path path, Jws jws, String identity, Hash named) {
        PublicSigningKey key = PublicSigningKey.of(Base64.getUrlDecoder().decode(identity));
        if (!key.fingerprint().equals(named) || !jws.isSignedBy(key)) {
            throw new IllegalStateException(
                    "%s is not signed by the identity %s that it names".formatted(path, named));
        }
    }

    private static String base64(SigningKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey().raw());
    }
}
