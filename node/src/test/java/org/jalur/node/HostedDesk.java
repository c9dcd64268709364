package org.jalur.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.KeyRequest;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.desks.DeskCommand;
import org.jalur.node.serve.NodeConfiguration;

/**
 * A desk beside a test platform, made by the operator's commands and with keys that the authority
 * signed. Its tokens are those of {@link TestNodes} with "desk-" before the role.
 */
final class HostedDesk {
    static final String PASSWORD = "a sample password at the desk";
    private static final List<String> ROLES =
            List.of("officer", "approver", "signatory", "signatory.2", "admin", "auditor");

    private final TestNodes nodes;
    private final String party;
    private final String platform;
    private final Path folder;

    HostedDesk(TestNodes nodes, String party, String platform, Path folder) {
        this.nodes = nodes;
        this.party = party;
        this.platform = platform;
        this.folder = folder;
    }

    /**
     * @param host the platform's configuration file
     */
    void add(Path host) throws Exception {
        DeskCommand.main(
                new String[] {
                    "add",
                    folder.toString(),
                    party,
                    party + ".example/journal",
                    "--config",
                    host.toString(),
                    "--name",
                    "Otoritas Meja",
                    "--identity",
                    nodes.identityOf(party).publicKey().fingerprint().hex(),
                    "--port",
                    Integer.toString(nodes.port(party)),
                    "--url",
                    nodes.url(party),
                    "--host-url",
                    nodes.url(platform)
                });
        KeyRequest request =
                KeyRequest.parse(Files.readAllBytes(folder.resolve("keys/request-1.json")));
        var identity = nodes.identityOf(party);
        Path statement = folder.resolveSibling("statement-1.jws");
        Files.writeString(
                statement,
                request.statement(identity.publicKey(), Clock.systemUTC().instant())
                        .sign(identity));
        DeskCommand.main(new String[] {"install", folder.toString(), statement.toString()});
        Files.writeString(
                configuration(),
                "\"jalur.agreements\": [\"%s\"]\n"
                        .formatted(nodes.agreementBetween(party, platform)),
                StandardOpenOption.APPEND);
    }

    Path folder() {
        return folder;
    }

    Path configuration() {
        return folder.resolve("desk.yaml");
    }

    void stop() throws Exception {
        DeskCommand.main(new String[] {"stop", folder.toString()});
        while (process().isPresent()) {
            Thread.sleep(50);
        }
    }

    void letStart() {
        DeskCommand.main(new String[] {"start", folder.toString()});
    }

    void start() throws Exception {
        letStart();
        awaitReady();
    }

    void awaitReady() throws Exception {
        nodes.awaitStatus(party, "/actuator/health/readiness");
    }

    /** Of all that the test's process has started, the desk alone is a Java machine. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.current()
                .children()
                .filter(child ->
                        child.info().command().filter(name -> name.endsWith("/java")).isPresent())
                .findFirst();
    }

    /** What {@code ./jalur token} does for each role, with tokens that a test knows. */
    void openAccounts() throws Exception {
        try (Connection connection = connect()) {
            for (String role : ROLES) {
                UUID account = UUID.randomUUID();
                try (var insert =
                        connection.prepareStatement(
                                """
                                with one as (
                                    insert into accounts (id, name, role, pseudonym, password, created_at)
                                    values (?, ?, ?, ?, ?, now()) on conflict do nothing returning id)
                                insert into tokens (id, account, label, hash, created_at)
                                select ?, id, 'test', ?, now() from one
                                """)) {
                    insert.setObject(1, account);
                    insert.setString(2, name(role));
                    insert.setString(3, role.replaceFirst("\\..*", ""));
                    insert.setString(4, "sample-" + role);
                    insert.setString(5, Passwords.hash(PASSWORD));
                    insert.setObject(6, UUID.randomUUID());
                    insert.setBytes(7, Hash.sha256(token(role).getBytes(US_ASCII)).bytes());
                    insert.executeUpdate();
                }
            }
        }
        var accounts = nodes.get(party, role("admin"), "/api/accounts").body();
        for (var account : accounts) {
            nodes.call(
                    party,
                    role("admin"),
                    "PUT",
                    "/api/accounts/" + account.path("id").asString() + "/organisations",
                    Optional.of(Map.of("organisations", List.of("Otoritas Contoh"))),
                    Optional.empty());
        }
    }

    static String name(String role) {
        return "sample desk " + role;
    }

    /** As {@link TestNodes} names whoever calls. */
    static String role(String role) {
        return "desk-" + role;
    }

    private static String token(String role) {
        return "jalur_test_" + role(role);
    }

    private Connection connect() throws Exception {
        return NodeConfiguration.read(configuration()).connect("jalur.database");
    }

    /** The database is lost, and an empty one stands in its place. */
    void loseDatabase() throws Exception {
        String name = NodeConfiguration.read(configuration()).required("jalur.database.username");
        var postgres = nodes.postgres();
        try (Connection connection =
                        java.sql.DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                postgres.username(),
                                postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database %s with (force)".formatted(name));
            statement.execute("create database %s owner %s".formatted(name, name));
        }
    }
}
