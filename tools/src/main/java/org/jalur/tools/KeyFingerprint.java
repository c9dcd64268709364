package org.jalur.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jalur.channel.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the fingerprint of a key file: what two operators compare on the telephone. */
@Command(
        name = "fingerprint",
        description = "Prints the SHA-256 fingerprint of the public half of a key file.")
final class KeyFingerprint implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a key file made by \"./jalur keys\"")
    private Path file = Path.of("identity.pem");

    @Override
    public Integer call() {
        try {
            System.out.println(
                    SigningKey.fromPem(Files.readString(file)).publicKey().fingerprint().hex());
            return 0;
        } catch (IOException e) {
            System.err.println("The key file %s cannot be read.".formatted(file));
        } catch (IllegalArgumentException e) {
            System.err.println("%s: %s.".formatted(file, e.getMessage()));
        }
        return 2;
    }
}
