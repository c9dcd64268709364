package org.jalur.node.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PublicSigningKey;
import org.jalur.node.register.IdentityKey;
import org.jalur.node.register.Passphrase;

/**
 * An approver's key, made on a machine of their own. Its public half is a file of 64 hexadecimal
 * digits, for whoever has the identity key.
 */
final class ApproverKey {
    private ApproverKey() {}

    /**
     * @return what the approver reads
     */
    static String make(Path file, String name, Passphrase passphrase) throws IOException {
        if (Files.exists(file)) {
            throw new RefusedException("%s is there already".formatted(file));
        }
        PublicSigningKey key = IdentityKey.create(file, passphrase, name).publicKey();
        Path half = file.resolveSibling(file.getFileName() + ".pub");
        Files.writeString(half, HexFormat.of().formatHex(key.raw()) + "\n");
        return """
        Key of an approver: %s
        Its public half, for whoever has the identity key: %s
        Its fingerprint, to be told by another way:
          %s
        """
                .formatted(file, half, key.fingerprint());
    }

    static String sentence(KeyStatement statement) {
        return statement.approvers().isEmpty()
                ? "Notices of %s need no approver's signature.".formatted(statement.party())
                : "Notices of %s hold only with the signature of an approver: %s"
                        .formatted(
                                statement.party(),
                                statement.approvers().stream()
                                        .map(key -> key.fingerprint().hex())
                                        .collect(Collectors.joining(", ")));
    }

    /**
     * @param files divided by commas
     */
    static List<PublicSigningKey> readAll(Optional<String> files) throws IOException {
        var keys = new ArrayList<PublicSigningKey>();
        for (String file : files.map(all -> List.of(all.split(",", -1))).orElse(List.of())) {
            keys.add(read(Path.of(file)));
        }
        return keys;
    }

    private static PublicSigningKey read(Path file) throws IOException {
        String hex = Files.readString(file).strip();
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new RefusedException(
                    "%s is not the public half of an approver's key, 64 hexadecimal digits"
                            .formatted(file));
        }
        return PublicSigningKey.of(HexFormat.of().parseHex(hex));
    }
}
