package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;

/** The folder of a party's keys: one file for each use, mode 0600, and the signed statement. */
public final class KeyFiles {
    private KeyFiles() {}

    static String name(KeyStatement.Use use) {
        return use.name().toLowerCase(Locale.ROOT) + ".pem";
    }

    /**
     * Makes new working keys and signs them with the identity key.
     *
     * @param folder where the working keys go; made if missing
     * @param identity the offline identity key
     * @param serial 1 for the first statement, one more at each rotation
     */
    public static KeyStatement write(
            Path folder,
            PartyId party,
            String origin,
            SigningKey identity,
            long serial,
            Instant now)
            throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Map<KeyStatement.Use, PublicSigningKey> keys = new EnumMap<>(KeyStatement.Use.class);
        for (KeyStatement.Use use : KeyStatement.Use.values()) {
            SigningKey key = SigningKey.generate();
            writeSecret(folder.resolve(name(use)), key.pem());
            keys.put(use, key.publicKey());
        }
        String witness = KeyStatement.witnessName(origin);
        var postQuantum =
                new KeyStatement.PostQuantum(
                        PostQuantumKey.write(folder, PostQuantumKey.CHECKPOINT, origin),
                        PostQuantumKey.write(folder, PostQuantumKey.WITNESS, witness));
        var statement =
                new KeyStatement(
                        party,
                        serial,
                        now.truncatedTo(ChronoUnit.MILLIS),
                        origin,
                        identity.publicKey(),
                        keys,
                        Optional.of(postQuantum));
        writeSecret(folder.resolve("statement.jws"), statement.sign(identity) + "\n");
        return statement;
    }

    /** Writes a file that only its owner can read; replaces an earlier one in one step. */
    public static void writeSecret(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(
                temporary,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, text);
        Files.move(
                temporary,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
