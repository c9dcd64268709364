package org.jalur.node.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;

/** A party's identity key and first working keys, where there are none. */
public final class FirstKeys {
    private FirstKeys() {}

    /** Where the identity key is made, until it is taken offline. */
    public static Path identity(Path home) {
        return home.resolve("identity.p12");
    }

    /**
     * Makes both, the working keys with the statement that brings them into force. What a crash
     * left of an earlier call is finished: its identity key is kept.
     *
     * @param home folder of the identity key, with the {@link KeyFolder} in {@code keys}
     * @return the identity key
     * @throws UnusableKeysException if the identity key cannot be opened, or its working keys are
     *     gone
     */
    public static SigningKey make(
            Path home,
            PartyId party,
            String origin,
            Passphrase working,
            Passphrase offline,
            Clock clock)
            throws IOException {
        Path file = identity(home);
        var folder = new KeyFolder(home.resolve("keys"));
        boolean begun = Files.exists(file);
        if (begun && folder.pending().isEmpty()) {
            throw new UnusableKeysException(
                    "%s is there, and the working keys that it signed are not; bring back copies of keys/statement-*.jws, or move it away for keys of a new identity"
                            .formatted(file));
        }
        Optional<SigningKey> left =
                begun ? Optional.of(IdentityKey.open(file, offline)) : Optional.empty();
        KeyFolder.Pending pending = folder.prepare(party, origin, Optional.empty(), working);
        SigningKey identity =
                left.isPresent() ? left.get() : IdentityKey.create(file, offline, party.value());
        folder.sign(pending, identity, working, clock);
        return identity;
    }
}
