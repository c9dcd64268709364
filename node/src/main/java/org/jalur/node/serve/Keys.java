package org.jalur.node.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.node.register.FirstKeys;
import org.jalur.node.register.IdentityKey;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.KeyFolder.Pending;
import org.jalur.node.register.KeyFolder.Stated;
import org.jalur.node.register.Passphrase;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.node.register.UnusableKeysException;

/**
 * A party's keys on the command line: made, listed, replaced, signed where the identity key is, and
 * brought in. Private working keys never leave the folder.
 */
public final class Keys {
    private static final String USAGE =
            """
            keys needs one of
              create FOLDER PARTY ORIGIN [--passphrase-file FILE] [--identity-passphrase-file FILE]
              identity FILE PARTY [--identity-passphrase-file FILE]
              list FOLDER
              rotate|revoke FOLDER --request FILE [--passphrase-file FILE]
              rotate|revoke FOLDER --identity FILE [--passphrase-file FILE] [--identity-passphrase-file FILE]
              approver FILE NAME [--passphrase-file FILE]
              sign REQUEST --identity FILE --digest DIGEST --out FILE [--approvers FILE,FILE]
                  [--identity-passphrase-file FILE]
              install FOLDER STATEMENT [--passphrase-file FILE]\
            """;

    private final CommandArguments arguments;
    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;

    Keys(
            CommandArguments arguments,
            Map<String, String> environment,
            Clock clock,
            PrintStream out) {
        this.arguments = arguments;
        this.environment = environment;
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] arguments) {
        try {
            new Keys(
                            CommandArguments.of(List.of(arguments), USAGE),
                            System.getenv(),
                            Clock.systemUTC(),
                            System.out)
                    .run();
        } catch (RefusedException
                | UnusableKeysException
                | RefusedStatementException
                | UntrustedKeyException
                | IllegalArgumentException
                | MalformedMessageException e) {
            System.err.println("No keys were changed: " + e.getMessage() + ".");
            System.exit(2);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("No keys were changed: a file cannot be used: " + e.getMessage());
            System.exit(2);
        }
    }

    void run() throws IOException {
        switch (arguments.command()) {
            case "create" -> create();
            case "identity" -> identity();
            case "approver" -> approver();
            case "list" -> list();
            case "rotate" -> replace(Reason.ROTATION);
            case "revoke" -> replace(Reason.COMPROMISE);
            case "sign" -> sign();
            case "install" -> install();
            default -> throw arguments.wrong();
        }
    }

    private void create() throws IOException {
        arguments.require(3, List.of("--passphrase-file", "--identity-passphrase-file"));
        Path home = arguments.path(0);
        var party = new PartyId(arguments.positional(1));
        if (!folder(home).serials().isEmpty()) {
            throw new RefusedException(
                    "%s has keys already; \"keys rotate\" replaces the working keys"
                            .formatted(home));
        }
        Passphrase working = workingPassphrase();
        Passphrase offline = identityPassphrase();
        if (working.isSameAs(offline)) {
            throw new RefusedException(
                    "the identity key has the passphrase of the working keys, which the node knows; give it another");
        }
        SigningKey identity =
                FirstKeys.make(home, party, arguments.positional(2), working, offline, clock);
        out.println(
                """
                Working keys of %s, statement 1: %s
                Fingerprint of the identity key, to be confirmed by call-back:
                  %s
                Move %s to a place without network now; it is needed only to replace the working keys.
                """
                        .formatted(
                                party,
                                home.resolve("keys"),
                                identity.publicKey().fingerprint(),
                                FirstKeys.identity(home)));
    }

    /** Alone, where the working keys are made elsewhere: on the host of a desk. */
    private void identity() throws IOException {
        arguments.require(2, List.of("--identity-passphrase-file"));
        Path file = arguments.path(0);
        var party = new PartyId(arguments.positional(1));
        if (Files.exists(file)) {
            throw new RefusedException(
                    "%s is there already; an identity key is never replaced".formatted(file));
        }
        SigningKey identity = IdentityKey.create(file, identityPassphrase(), party.value());
        out.println(
                """
                Identity key of %s: %s
                Its fingerprint, to be confirmed by call-back:
                  %s
                Keep it and its passphrase in a place without network.
                """
                        .formatted(party, file, identity.publicKey().fingerprint()));
    }

    /** A key of a person, on their own machine; the identity key names its public half. */
    private void approver() throws IOException {
        arguments.require(2, List.of("--passphrase-file"));
        out.print(
                ApproverKey.make(
                        arguments.path(0),
                        arguments.positional(1),
                        Passphrase.of(
                                arguments.option("--passphrase-file"),
                                Passphrase.APPROVER,
                                environment)));
    }

    private void list() {
        arguments.require(1, List.of());
        KeyFolder folder = folder(arguments.path(0));
        KeyStatement first = first(folder);
        List<Stated> all = folder.statements(first.party(), first.identity().fingerprint());
        out.println("Party %s, journal %s".formatted(first.party(), first.origin()));
        out.println("Identity key %s".formatted(first.identity().fingerprint()));
        for (int i = 0; i < all.size(); i++) {
            KeyStatement statement = all.get(i).statement();
            Optional<KeyStatement> next =
                    i + 1 < all.size() ? Optional.of(all.get(i + 1).statement()) : Optional.empty();
            out.println(
                    "%nKeys no. %d of %s%s: %s"
                            .formatted(
                                    statement.serial(),
                                    statement.time(),
                                    statement.reason().map(one -> ", " + one.wire()).orElse(""),
                                    next.map(one ->
                                                    one.revokesPreviousAsCompromised()
                                                            ? "revoked as compromised"
                                                            : "replaced")
                                            .orElse("newest")));
            statement
                    .fingerprints()
                    .forEach((use, key) -> out.println("  %-20s %s".formatted(use, key)));
            out.println("  " + ApproverKey.sentence(statement));
        }
        folder.pending()
                .ifPresent(pending ->
                        out.println(
                                "%nKeys no. %d wait for their statement; digest of the request:%n  %s"
                                        .formatted(pending.request().serial(), pending.digest())));
    }

    private void replace(Reason reason) throws IOException {
        arguments.require(
                1,
                List.of(
                        "--request",
                        "--identity",
                        "--passphrase-file",
                        "--identity-passphrase-file"));
        Optional<Path> request = arguments.option("--request");
        Optional<Path> identity = arguments.option("--identity");
        if (request.isPresent() == identity.isPresent()) {
            throw arguments.wrong();
        }
        KeyFolder folder = folder(arguments.path(0));
        KeyStatement first = first(folder);
        Passphrase working = workingPassphrase();
        // What could go wrong later goes wrong before keys that wait are replaced.
        request.ifPresent(Keys::requireWritable);
        Optional<SigningKey> key = identity.map(file -> identityOf(first, file));
        Pending pending =
                folder.prepare(first.party(), first.origin(), Optional.of(reason), working);
        if (key.isPresent()) {
            inForce(folder.sign(pending, key.get(), working, clock).serial());
            return;
        }
        Files.write(request.orElseThrow(), pending.octets());
        out.println(
                """
                New keys of %s wait in %s; the present ones stay in force.
                Take %s to the identity key and sign it there:
                  ./jalur keys sign %s --identity identity.p12 --out statement.jws --digest \\
                    %s
                """
                        .formatted(
                                first.party(),
                                arguments.path(0).resolve("keys"),
                                request.get(),
                                request.get().getFileName(),
                                pending.digest()));
    }

    private static void requireWritable(Path request) {
        Path place =
                Files.exists(request)
                        ? request
                        : Optional.ofNullable(request.toAbsolutePath().getParent()).orElse(request);
        if (Files.isDirectory(request) || !Files.isWritable(place)) {
            throw new RefusedException("%s cannot be written".formatted(request));
        }
    }

    private SigningKey identityOf(KeyStatement first, Path file) {
        SigningKey identity = IdentityKey.open(file, identityPassphrase());
        if (!identity.publicKey().equals(first.identity())) {
            throw new RefusedException(
                    "%s is the identity key %s; that of %s is %s"
                            .formatted(
                                    file,
                                    identity.publicKey().fingerprint(),
                                    first.party(),
                                    first.identity().fingerprint()));
        }
        return identity;
    }

    private void sign() throws IOException {
        arguments.require(
                1,
                List.of(
                        "--identity",
                        "--digest",
                        "--out",
                        "--approvers",
                        "--identity-passphrase-file"));
        byte[] octets = Files.readAllBytes(arguments.path(0));
        KeyRequest request = KeyRequest.parse(octets);
        Hash digest = Hash.sha256(octets);
        if (!arguments.text("--digest").equals(digest.hex())) {
            throw new RefusedException(
                    "the request has digest %s, not the one that the node shows: somebody may have exchanged it on the way"
                            .formatted(digest));
        }
        SigningKey identity =
                IdentityKey.open(
                        arguments.option("--identity").orElseThrow(arguments::wrong),
                        identityPassphrase());
        Path file = arguments.option("--out").orElseThrow(arguments::wrong);
        KeyStatement statement =
                request.statement(
                        identity.publicKey(),
                        clock.instant(),
                        ApproverKey.readAll(arguments.find("--approvers")));
        Files.writeString(file, statement.sign(identity) + "\n");
        out.println(
                "Keys no. %d of %s (%s) are signed: %s"
                        .formatted(
                                statement.serial(),
                                statement.party(),
                                statement.reason().map(Reason::wire).orElse("first"),
                                file));
        // Keys signed without approvers end what earlier ones asked for.
        out.println(ApproverKey.sentence(statement));
    }

    private void install() throws IOException {
        arguments.require(2, List.of("--passphrase-file"));
        KeyFolder folder = folder(arguments.path(0));
        KeyStatement first = first(folder);
        Stated installed =
                folder.install(
                        Files.readString(arguments.path(1)),
                        first.party(),
                        first.identity().fingerprint(),
                        workingPassphrase(),
                        clock);
        inForce(installed.serial());
    }

    private void inForce(long serial) {
        out.println(
                "Keys no. %d are ready. A node that runs takes them within seconds and tells its peers; another does so when it starts."
                        .formatted(serial));
    }

    private static KeyFolder folder(Path home) {
        return new KeyFolder(home.resolve("keys"));
    }

    private KeyStatement first(KeyFolder folder) {
        return folder.first()
                .orElseThrow(() ->
                        new RefusedException(
                                "there are no keys in %s; \"keys create\" makes the first"
                                        .formatted(arguments.path(0).resolve("keys"))));
    }

    private Passphrase workingPassphrase() {
        return Passphrase.of(
                arguments.option("--passphrase-file"), Passphrase.WORKING, environment);
    }

    private Passphrase identityPassphrase() {
        return Passphrase.of(
                arguments.option("--identity-passphrase-file"), Passphrase.IDENTITY, environment);
    }
}
