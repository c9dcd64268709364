package org.jalur.node.register;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;
import org.jalur.node.JalurSettings;
import org.jalur.node.register.KeyFolder.Stated;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The working keys of this node's party. Which of them are in force is a row of the database, so
 * that all processes change over together; the keys lie in the folder before that. The identity key
 * itself is not on this machine.
 */
@Component
public class OwnKeys {
    private final KeyFolder folder;
    private final PartyId party;
    private final Hash identity;
    private final Passphrase passphrase;
    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Held held;

    OwnKeys(JalurSettings settings, JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        folder = new KeyFolder(settings.home().resolve("keys"));
        party = settings.party().partyId();
        identity = Hash.parseHex(settings.party().identity());
        if (folder.serials().isEmpty()) {
            throw new UnusableKeysException(
                    "no keys in %s; make them with \"./jalur keys create\" (docs/operations.md)"
                            .formatted(settings.home().resolve("keys")));
        }
        passphrase =
                Passphrase.of(
                        Optional.ofNullable(settings.keysPassphraseFile()),
                        Passphrase.WORKING,
                        System.getenv());
        held = load();
    }

    /**
     * @param all statements up to the current one, rising
     */
    private record Held(WorkingKeys current, List<KeyStatement> all) {}

    private Held load() {
        long adopted = adopted();
        try {
            return load(adopted);
        } catch (UnusableKeysException e) {
            // Another process may just have changed over, and deleted the keys before.
            if (adopted() == adopted) {
                throw e;
            }
            return load(adopted());
        }
    }

    private Held load(long adopted) {
        List<Stated> statements = folder.statements(party, identity);
        Stated current =
                statements.stream()
                        .filter(one ->
                                one.serial() >= adopted && folder.hasPrivateKeys(one.serial()))
                        .findFirst()
                        .orElseThrow(() ->
                                new UnusableKeysException(
                                        """
                                        the database says that keys no. %d are in force, and the folder has none of \
                                        them or later ones; put back the newest folder of keys\
                                        """
                                                .formatted(adopted)));
        return new Held(
                folder.open(current, passphrase, clock),
                statements.stream()
                        .filter(one -> one.serial() <= current.serial())
                        .map(Stated::statement)
                        .toList());
    }

    private long adopted() {
        return jdbc.sql("select coalesce(max(serial), 0) from own_keys").query(Long.class).single();
    }

    /** The keys that sign now, as far as this process knows. */
    public WorkingKeys current() {
        return held.current();
    }

    /** Looks which keys are in force by now. */
    public void follow() {
        long adopted = adopted();
        if (adopted > held.current().serial()) {
            take(adopted);
        }
    }

    /** Asks no database: whoever waits here may hold a connection. */
    private synchronized void take(long adopted) {
        if (adopted > held.current().serial()) {
            held = load(adopted);
        }
    }

    /** The present keys, after a look at the database if a stream has seen newer ones already. */
    public WorkingKeys atLeast(long serial) {
        if (held.current().serial() < serial) {
            follow();
        }
        WorkingKeys current = held.current();
        if (current.serial() < serial) {
            throw new UnusableKeysException(
                    "keys no. %d were announced, and this process has only no. %d"
                            .formatted(serial, current.serial()));
        }
        return current;
    }

    /** The next keys that are ready and not in force yet; keys that nobody skips. */
    public Optional<WorkingKeys> toAdopt() {
        long adopted = adopted();
        List<Long> later =
                folder.serials().stream()
                        .filter(serial -> serial > adopted && folder.hasPrivateKeys(serial))
                        .toList();
        return later.isEmpty()
                ? Optional.empty()
                : folder.statements(party, identity).stream()
                        .filter(one -> one.serial() == later.getFirst())
                        .findFirst()
                        .map(one -> folder.open(one, passphrase, clock));
    }

    /** Deletes the private keys that are in force no more. */
    public void forgetEarlier() throws IOException {
        folder.forgetBefore(held.current().serial());
    }

    public Optional<KeyFolder.Pending> pending() {
        return folder.pending();
    }

    /** Makes new keys that wait for the signature of the identity key. */
    public KeyFolder.Pending prepare(KeyStatement.Reason reason) throws IOException {
        return folder.prepare(party, statement().origin(), Optional.of(reason), passphrase);
    }

    /**
     * Takes the identity key's signature over the pending keys; they are ready then.
     *
     * @throws RefusedStatementException with what is wrong with it
     */
    public KeyStatement install(String signed) throws IOException {
        return folder.install(signed, party, identity, passphrase, clock).statement();
    }

    public Hash pinnedIdentity() {
        return identity;
    }

    public KeyStatement statement() {
        return held.current().statement();
    }

    /** Every statement so far, rising. */
    public List<KeyStatement> statements() {
        return held.all();
    }

    /** Sign checkpoints of this party's journal. */
    public Stream<NoteSigner> checkpointSigners() {
        return held.current().checkpointSigners();
    }

    /** Cosign the checkpoints of others. */
    public Stream<NoteSigner> witnessSigners() {
        return held.current().witnessSigners();
    }

    /** What checks this journal's checkpoints, except by keys that were revoked as compromised. */
    public NoteVerifier[] checkpointVerifiers() {
        return KeyStatement.believed(held.all()).stream()
                .flatMap(statement -> statement.checkpointVerifiers().stream())
                .distinct()
                .toArray(NoteVerifier[]::new);
    }

    /** Checks checkpoints of the journal of a party. */
    public static NoteVerifier checkpointVerifier(KeyStatement statement) {
        return statement.checkpointVerifiers().getFirst();
    }
}
