package org.jalur.node.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.log.SecretFile;
import org.jalur.node.register.RefusedStatementException.Why;

/**
 * The folder of a party's working keys. For each serial there are {@code working-N.p12} (private
 * keys), {@code request-N.json} (their public halves, to be signed) and {@code statement-N.jws}
 * (the signature of the identity key). The statement is written last and in one step: with it the
 * keys are ready, without it they are pending.
 */
public final class KeyFolder {
    private static final Object HERE = new Object();

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A statement of the folder.
     *
     * @param signed as it travels
     */
    public record Stated(String signed, KeyStatement statement) {
        public long serial() {
            return statement.serial();
        }
    }

    /**
     * Keys that no statement names yet.
     *
     * @param octets of the request, exactly as they are handed over
     */
    public record Pending(KeyRequest request, byte[] octets) {
        /** What the node shows and the signing machine must show too. */
        public Hash digest() {
            return Hash.sha256(octets);
        }
    }

    private Path working(long serial) {
        return folder.resolve("working-%d.p12".formatted(serial));
    }

    private Path request(long serial) {
        return folder.resolve("request-%d.json".formatted(serial));
    }

    private Path statement(long serial) {
        return folder.resolve("statement-%d.jws".formatted(serial));
    }

    /** Serials of the statements that are here, rising. */
    public List<Long> serials() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var serials = new TreeSet<Long>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("statement-[1-9][0-9]{0,17}\\.jws"))
                    .forEach(name -> serials.add(Long.valueOf(name.replaceAll("[^0-9]", ""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(serials);
    }

    /**
     * All statements, rising.
     *
     * @throws UntrustedKeyException if one is not by the identity key
     */
    public List<Stated> statements(PartyId party, Hash identity) {
        return serials().stream()
                .map(serial -> {
                    String signed = text(statement(serial)).strip();
                    return new Stated(signed, KeyStatement.open(signed, party, identity));
                })
                .toList();
    }

    /** The earliest statement, by the identity key that it names itself; empty without keys. */
    public Optional<KeyStatement> first() {
        return serials().stream()
                .findFirst()
                .map(serial -> KeyStatement.claimed(text(statement(serial)).strip()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasPrivateKeys(long serial) {
        return Files.exists(working(serial));
    }

    /** Keys that were prepared and wait for their statement. */
    public Optional<Pending> pending() {
        long next = next();
        if (!Files.exists(request(next)) || !Files.exists(working(next))) {
            return Optional.empty();
        }
        try {
            byte[] octets = Files.readAllBytes(request(next));
            return Optional.of(new Pending(KeyRequest.parse(octets), octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long next() {
        List<Long> serials = serials();
        return serials.isEmpty() ? 1 : serials.getLast() + 1;
    }

    /** Makes new keys, which replace pending ones. */
    public Pending prepare(
            PartyId party,
            String origin,
            Optional<KeyStatement.Reason> reason,
            Passphrase passphrase)
            throws IOException {
        SecretFile.makeFolder(folder);
        return alone(() -> {
            long serial = next();
            Map<String, KeyPair> pairs = KeyStoreFile.generate(WorkingKeys.ALGORITHMS);
            KeyRequest request = WorkingKeys.request(party, serial, origin, reason, pairs);
            // A crash in between leaves a request for other keys: it is made again, or refused.
            Files.deleteIfExists(request(serial));
            KeyStoreFile.write(
                    working(serial), passphrase, WorkingKeys.ALGORITHMS, pairs, party.value());
            var pending = new Pending(request, request.toJson());
            SecretFile.write(request(serial), pending.octets());
            return pending;
        });
    }

    /**
     * Brings pending keys into force: the statement is checked against the pinned identity and the
     * keys that lie here, then written in one step.
     *
     * @throws RefusedStatementException with what is wrong with it
     * @throws UnusableKeysException if the pending keys cannot be opened
     */
    public Stated install(
            String signed, PartyId party, Hash identity, Passphrase passphrase, Clock clock)
            throws IOException {
        KeyStatement statement = read(signed.strip(), party, identity);
        return alone(() -> {
            List<Stated> earlier = statements(party, identity);
            long serial = statement.serial();
            if (serial != next()) {
                throw new RefusedStatementException(
                        Why.SERIAL,
                        "the statement has serial %d; the next one here is %d"
                                .formatted(serial, next()));
            }
            if (!earlier.isEmpty()
                    && !earlier.getLast().statement().origin().equals(statement.origin())) {
                throw new RefusedStatementException(
                        Why.ORIGIN,
                        "the statement names the journal %s; it was %s, and survives every rotation"
                                .formatted(
                                        statement.origin(),
                                        earlier.getLast().statement().origin()));
            }
            Pending pending =
                    pending()
                            .orElseThrow(() ->
                                    new RefusedStatementException(
                                            Why.NOT_PREPARED,
                                            "no keys were prepared here for statement %d"
                                                    .formatted(serial)));
            if (!pending.request().isFor(statement)) {
                throw new RefusedStatementException(
                        Why.OTHER_KEYS,
                        "the statement is not for the keys that were prepared here last");
            }
            var stated = new Stated(signed.strip(), statement);
            open(stated, passphrase, clock);
            SecretFile.write(statement(serial), stated.signed() + "\n");
            Files.deleteIfExists(request(serial));
            return stated;
        });
    }

    /** Signs pending keys and brings them into force, where the identity key is at hand. */
    public Stated sign(Pending pending, SigningKey identity, Passphrase passphrase, Clock clock)
            throws IOException {
        KeyRequest request = pending.request();
        return install(
                request.statement(identity.publicKey(), clock.instant()).sign(identity),
                request.party(),
                first().map(KeyStatement::identity).orElse(identity.publicKey()).fingerprint(),
                passphrase,
                clock);
    }

    private static KeyStatement read(String signed, PartyId party, Hash identity) {
        try {
            return KeyStatement.open(signed, party, identity);
        } catch (MalformedMessageException e) {
            throw new RefusedStatementException(
                    Why.MALFORMED, "this is no key statement: " + e.getMessage());
        } catch (UntrustedKeyException e) {
            throw new RefusedStatementException(
                    Why.NOT_BY_IDENTITY, Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    /**
     * @throws UnusableKeysException if the private keys are not here, or not those
     */
    public WorkingKeys open(Stated stated, Passphrase passphrase, Clock clock) {
        return WorkingKeys.open(
                working(stated.serial()), passphrase, stated.signed(), stated.statement(), clock);
    }

    /** Deletes private keys that sign no more: what is not here cannot be stolen. */
    void forgetBefore(long serial) throws IOException {
        List<Long> earlier =
                serials().stream().filter(one -> one < serial && hasPrivateKeys(one)).toList();
        if (earlier.isEmpty()) {
            return;
        }
        alone(() -> {
            for (long one : earlier) {
                Files.deleteIfExists(working(one));
            }
            return earlier;
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** One change at a time, in this process and among all that share the folder. */
    private <T> T alone(Work<T> work) throws IOException {
        synchronized (HERE) {
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return work.run();
            }
        }
    }
}
