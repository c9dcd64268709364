package org.jalur.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.UntrustedKeyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prints the fingerprint of the identity key that signed a statement: what two operators compare on
 * the telephone. A statement holds no secret, so nobody needs the key file for it.
 */
@Command(
        name = "fingerprint",
        description = "Prints the SHA-256 fingerprint of the identity key behind a key statement.")
final class KeyFingerprint implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "a signed statement, for example keys/statement-1.jws")
    private Path file = Path.of("statement-1.jws");

    @Override
    public Integer call() {
        try {
            System.out.println(
                    KeyStatement.claimed(Files.readString(file).strip())
                            .identity()
                            .fingerprint()
                            .hex());
            return 0;
        } catch (IOException e) {
            System.err.println("The statement %s cannot be read.".formatted(file));
        } catch (MalformedMessageException | UntrustedKeyException e) {
            System.err.println("%s: %s.".formatted(file, e.getMessage()));
        }
        return 2;
    }
}
