package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What opens a file of private keys: from a file that only its owner can read, or from the
 * environment. Never an argument, which every process of the machine can see.
 */
public final class Passphrase {
    /** Of the working keys. */
    public static final String WORKING = "JALUR_KEYS_PASSPHRASE";

    /** Of the offline identity key. */
    public static final String IDENTITY = "JALUR_IDENTITY_PASSPHRASE";

    /** Of an approver's key, on a machine of their own. */
    public static final String APPROVER = "JALUR_APPROVER_PASSPHRASE";

    private static final int LEAST = 12;

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final String text;

    private Passphrase(String text, String from) {
        if (text.length() < LEAST) {
            throw new UnusableKeysException(
                    "the passphrase in %s has %d characters; at least %d are needed"
                            .formatted(from, text.length(), LEAST));
        }
        this.text = text;
    }

    /**
     * @param file asked first
     * @param variable of the environment, asked where there is no file
     * @throws UnusableKeysException if there is none, or one that others can read
     */
    public static Passphrase of(
            Optional<Path> file, String variable, Map<String, String> environment) {
        if (file.isPresent()) {
            return new Passphrase(read(file.get()), file.get().toString());
        }
        return Optional.ofNullable(environment.get(variable))
                .map(text -> new Passphrase(text, variable))
                .orElseThrow(() ->
                        new UnusableKeysException(
                                "there is no passphrase; name its file, or set %s"
                                        .formatted(variable)));
    }

    private static String read(Path file) {
        try {
            Set<PosixFilePermission> others = Files.getPosixFilePermissions(file);
            others.removeAll(OWNERS);
            if (!others.isEmpty()) {
                throw new UnusableKeysException(
                        "the passphrase file %s can be read or written by others; set its mode to 0600"
                                .formatted(file));
            }
            return Files.readString(file).replaceFirst("\r?\n$", "");
        } catch (IOException e) {
            throw new UnusableKeysException(
                    "the passphrase file %s cannot be read".formatted(file), e);
        }
    }

    char[] characters() {
        return text.toCharArray();
    }

    /** One that opens the node's keys must not open the identity key as well. */
    public boolean isSameAs(Passphrase other) {
        return text.equals(other.text);
    }

    @Override
    public String toString() {
        return "a passphrase";
    }
}
