package org.jalur.node.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jalur.channel.DraftFile;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.register.IdentityKey;
import org.jalur.node.register.Passphrase;
import org.jalur.node.register.UnusableKeysException;

/**
 * An approver's own machine: shows all that a draft says, and signs it with a key that no node has.
 * What is shown and what is signed come from the same octets, so a node cannot have something else
 * signed than it shows.
 */
public final class Approve {
    private static final String USAGE =
            """
            approve needs
              DRAFT                                           to read it
              DRAFT --key FILE --root ROOT --out FILE [--passphrase-file FILE]   to sign what was read\
            """;

    private final CommandArguments arguments;
    private final Map<String, String> environment;
    private final PrintStream out;

    Approve(CommandArguments arguments, Map<String, String> environment, PrintStream out) {
        this.arguments = arguments;
        this.environment = environment;
        this.out = out;
    }

    public static void main(String[] arguments) {
        try {
            new Approve(CommandArguments.of(List.of(arguments), USAGE), System.getenv(), System.out)
                    .run();
        } catch (RefusedException | UnusableKeysException | MalformedMessageException e) {
            System.err.println("Nothing was signed: " + e.getMessage() + ".");
            System.exit(2);
        } catch (IOException e) {
            System.err.println("Nothing was signed: a file cannot be used: " + e.getMessage());
            System.exit(2);
        }
    }

    void run() throws IOException {
        arguments.require(0, List.of("--key", "--root", "--out", "--passphrase-file"));
        DraftFile draft = DraftFile.read(Files.readAllBytes(Path.of(arguments.command())));
        Hash root = draft.signOff().root();
        if (arguments.find("--key").isEmpty()) {
            show(draft);
            out.println(
                    """
                    Sign it, if this is what you approve:
                      ./jalur approve %s --key FILE --out FILE --root %s\
                    """
                            .formatted(arguments.command(), root));
            return;
        }
        if (!arguments.text("--root").equals(root.hex())) {
            throw new RefusedException(
                    "the draft has the root %s, not the one that you read: it was changed"
                            .formatted(root));
        }
        var key =
                IdentityKey.open(
                        arguments.option("--key").orElseThrow(arguments::wrong),
                        Passphrase.of(
                                arguments.option("--passphrase-file"),
                                Passphrase.APPROVER,
                                environment));
        Files.writeString(
                arguments.option("--out").orElseThrow(arguments::wrong),
                draft.signOff().sign(key) + "\n");
        out.println(
                "Message %s%s from %s to %s is signed with the key %s: %s"
                        .formatted(
                                draft.message(),
                                about(draft),
                                draft.from(),
                                draft.to(),
                                key.publicKey().fingerprint(),
                                arguments.text("--out")));
    }

    private void show(DraftFile draft) {
        out.println(
                "Message %s%s from %s to %s, %d parts:"
                        .formatted(
                                draft.message(),
                                about(draft),
                                draft.from(),
                                draft.to(),
                                draft.parts().size()));
        for (Part part : draft.parts()) {
            out.println(
                    part.type().equals("file")
                            ? "file, %d octets, SHA-256 %s"
                                    .formatted(part.bytes().length, Hash.sha256(part.bytes()))
                            : "%s %s".formatted(part.type(), printable(part.bytes())));
        }
    }

    private static String about(DraftFile draft) {
        return draft.about().map(notice -> " about notice " + notice).orElse("");
    }

    /** A terminal does what control characters say. */
    private static String printable(byte[] text) {
        return new String(text, UTF_8).replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
    }
}
