package org.jalur.node.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jalur.channel.Jws;
import org.jalur.channel.SigningKey;
import org.jalur.notice.Agreement;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes an agreement that both identity keys sign over the same octets. */
public final class AgreementFile {
    private AgreementFile() {}

    public static void write(
            Path file, Agreement agreement, SigningKey authority, SigningKey platform)
            throws IOException {
        JsonMapper json =
                JsonMapper.builder()
                        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .build();
        byte[] content = json.writeValueAsBytes(agreement);
        Files.write(
                file,
                json.writeValueAsBytes(
                        new Agreements.File(
                                Jws.sign(Jws.Type.AGREEMENT, content, authority).compact(),
                                Jws.sign(Jws.Type.AGREEMENT, content, platform).compact(),
                                base64(authority),
                                base64(platform))));
    }

    private static String base64(SigningKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey().raw());
    }
}
