package org.jalur.node.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.node.register.KeyFiles;

/** Makes a party's identity key, or its working keys anew under an identity key that is there. */
public final class Keys {
    private Keys() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println("keys needs FOLDER PARTY ORIGIN and, to rotate, SERIAL.");
            System.exit(2);
        }
        try {
            make(
                    Path.of(arguments[0]).toAbsolutePath(),
                    new PartyId(arguments[1]),
                    arguments[2],
                    arguments.length == 4 ? Long.parseLong(arguments[3]) : 1);
        } catch (RefusedException | IllegalArgumentException e) {
            System.err.println("No keys were made: " + e.getMessage() + ".");
            System.exit(2);
        }
    }

    private static void make(Path folder, PartyId party, String origin, long serial)
            throws IOException {
        Path identityFile = folder.resolve("identity.pem");
        Path keys = folder.resolve("keys");
        if (serial == 1 && (Files.exists(identityFile) || Files.exists(keys))) {
            throw new RefusedException(
                    "%s has keys already; give SERIAL to rotate the working keys"
                            .formatted(folder));
        }
        if (serial > 1 && !Files.exists(identityFile)) {
            throw new RefusedException(
                    "%s is missing; bring the offline identity key here to rotate"
                            .formatted(identityFile));
        }
        Files.createDirectories(folder);
        SigningKey identity =
                serial == 1
                        ? SigningKey.generate()
                        : SigningKey.fromPem(Files.readString(identityFile));
        if (serial == 1) {
            KeyFiles.writeSecret(identityFile, identity.pem());
        }
        KeyFiles.write(keys, party, origin, identity, serial, Clock.systemUTC().instant());
        System.out.println(
                """
                Working keys of %s, statement %d: %s
                Fingerprint of the identity key, to be confirmed by call-back:
                  %s
                Move %s to a place without network now; it is needed only to rotate the working keys.
                """
                        .formatted(
                                party,
                                serial,
                                keys,
                                identity.publicKey().fingerprint(),
                                identityFile));
    }
}
