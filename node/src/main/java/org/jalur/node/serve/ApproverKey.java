package org.jalur.node.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.PublicSigningKey;

/** The public half of an approver's key as a file: 64 hexadecimal digits. */
final class ApproverKey {
    private ApproverKey() {}

    static Path publicHalf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    static String write(PublicSigningKey key) {
        return HexFormat.of().formatHex(key.raw()) + "\n";
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
