package org.jalur.node.desks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PartyId;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.log.SecretFile;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.node.register.UnusableKeysException;
import org.jalur.node.serve.CommandArguments;
import org.jalur.node.serve.NodeConfiguration;
import org.jalur.node.serve.RefusedException;

/**
 * A host's desks on the command line: added, brought into force with what the authority signed,
 * stopped and started.
 */
public final class DeskCommand {
    private static final String USAGE =
            """
            desk needs one of
              add FOLDER PARTY ORIGIN --config FILE --name NAME --identity FINGERPRINT --port PORT
                  --url ADDRESS [--host-url ADDRESS]
              install FOLDER STATEMENT
              stop FOLDER
              start FOLDER\
            """;

    private final CommandArguments arguments;
    private final Clock clock;
    private final PrintStream out;

    DeskCommand(CommandArguments arguments, Clock clock, PrintStream out) {
        this.arguments = arguments;
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] arguments) {
        try {
            new DeskCommand(
                            CommandArguments.of(List.of(arguments), USAGE),
                            Clock.systemUTC(),
                            System.out)
                    .run();
        } catch (RefusedException
                | UnusableKeysException
                | RefusedStatementException
                | UntrustedKeyException
                | IllegalArgumentException
                | MalformedMessageException e) {
            System.err.println("Nothing was changed: " + e.getMessage() + ".");
            System.exit(2);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The command did not end: a file cannot be used: " + e.getMessage());
            System.exit(2);
        }
    }

    void run() throws IOException {
        switch (arguments.command()) {
            case "add" -> add();
            case "install" -> install();
            case "stop" -> stop();
            case "start" -> start();
            default -> throw arguments.wrong();
        }
    }

    private void add() throws IOException {
        arguments.require(
                3, List.of("--config", "--name", "--identity", "--port", "--url", "--host-url"));
        var folder = new DeskFolder(arguments.path(0));
        NodeConfiguration host =
                NodeConfiguration.read(Path.of(arguments.text("--config")).toAbsolutePath());
        if (!host.required("jalur.party.kind").equalsIgnoreCase("platform")) {
            throw new RefusedException(
                    "%s is of an authority; a platform hosts desks".formatted(host.file()));
        }
        var desk =
                new NewDesk(
                        new PartyId(arguments.positional(1)),
                        arguments.positional(2),
                        arguments.text("--name"),
                        Hash.parseHex(arguments.text("--identity")),
                        port(arguments.text("--port")),
                        arguments.text("--url"),
                        arguments.find("--host-url").orElseGet(() -> own(host)));
        host.requireDatabase("jalur.database");
        host.requireDatabase("jalur.part-keys");
        NewDesk.Databases databases = desk.databases(host);
        KeyFolder.Pending pending = desk.make(folder, host, databases);
        say(folder, desk, host, pending, prepare(folder, host, databases));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new RefusedException("--port is \"%s\"; use 1 to 65535".formatted(text));
        }
        return Integer.parseInt(text);
    }

    /** Over loopback, unless the host's certificate would not fit that. */
    private static String own(NodeConfiguration host) {
        if (host.get("server.ssl.bundle").isPresent()) {
            throw new RefusedException(
                    "the host serves TLS; name the address of its certificate by --host-url");
        }
        return "http://127.0.0.1:" + host.get("server.port").orElse("8080");
    }

    /**
     * Makes the databases, where the host's role may; else writes down what must be run.
     *
     * @return files with statements to be run
     */
    private static List<Path> prepare(
            DeskFolder folder, NodeConfiguration host, NewDesk.Databases databases)
            throws IOException {
        var files = new ArrayList<Path>();
        for (var one :
                Map.of(
                                "jalur.database", databases.content(),
                                "jalur.part-keys", databases.partKeys())
                        .entrySet()) {
            if (!make(host, one.getKey(), one.getValue())) {
                Path file = folder.path().resolve(one.getValue().name() + ".sql");
                SecretFile.write(file, String.join(";\n", one.getValue().statements()) + ";\n");
                files.add(file);
            }
        }
        return files;
    }

    private static boolean make(NodeConfiguration host, String pool, NewDesk.OwnDatabase database) {
        try (Connection connection = host.connect(pool);
                var statement = connection.createStatement()) {
            for (String sql : database.statements()) {
                statement.execute(sql);
            }
            return true;
        } catch (SQLException _) {
            // The host's role is not meant to make roles; somebody else runs the statements.
            return false;
        }
    }

    private void say(
            DeskFolder folder,
            NewDesk desk,
            NodeConfiguration host,
            KeyFolder.Pending pending,
            List<Path> statements) {
        if (statements.isEmpty()) {
            out.println("The databases are there, each with a role of its own.");
        } else {
            out.println("To be run by whoever administers PostgreSQL, then deleted:");
            statements.forEach(file -> out.println("  " + file));
        }
        out.println(
                """
                %1$s waits for keys. Take %2$s/request-1.json to %1$s, who signs it with its identity key:
                  ./jalur keys sign request-1.json --identity identity.p12 --out statement-1.jws --digest \\
                    %3$s
                Bring the statement in:
                  ./jalur desk install %4$s statement-1.jws
                Add to %5$s, and start the host again:
                  jalur.peers:  - {id: %6$s, name: "%1$s", identity: %7$s, url: "http://127.0.0.1:%8$d"}
                  jalur.desks:  - %4$s
                Open the desk's first account, for somebody of %1$s:
                  ./jalur password --config %9$s NAME admin\
                """
                        .formatted(
                                desk.name(),
                                folder.keys(),
                                pending.digest(),
                                folder.path(),
                                host.file(),
                                desk.party(),
                                desk.identity(),
                                desk.port(),
                                folder.configuration()));
    }

    private void install() throws IOException {
        arguments.require(2, List.of());
        DeskFolder folder = existing();
        NodeConfiguration desk = folder.read();
        KeyFolder.Stated stated =
                new KeyFolder(folder.keys())
                        .install(
                                Files.readString(arguments.path(1)),
                                new PartyId(desk.required("jalur.party.id")),
                                Hash.parseHex(desk.required("jalur.party.identity")),
                                Passphrase.of(
                                        Optional.of(folder.passphrase()),
                                        Passphrase.WORKING,
                                        Map.of()),
                                clock);
        out.println(
                "Keys no. %d of %s are ready."
                        .formatted(stated.serial(), stated.statement().party()));
    }

    private void stop() throws IOException {
        arguments.require(1, List.of());
        existing().stop();
        out.println("The desk stops within seconds, and stays so until \"desk start\".");
    }

    private void start() throws IOException {
        arguments.require(1, List.of());
        existing().start();
        out.println("The desk starts within seconds, if its host runs.");
    }

    private DeskFolder existing() {
        var folder = new DeskFolder(arguments.path(0));
        if (!Files.exists(folder.configuration())) {
            throw new RefusedException(
                    "%s is no desk; \"desk add\" makes one".formatted(folder.path()));
        }
        return folder;
    }
}
