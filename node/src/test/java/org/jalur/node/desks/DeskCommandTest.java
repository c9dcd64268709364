package org.jalur.node.desks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyRequest;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.register.RefusedStatementException;
import org.jalur.node.serve.CommandArguments;
import org.jalur.node.serve.NodeConfiguration;
import org.jalur.node.serve.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** {@code ./jalur desk}, and what a host asks of a desk before it starts it. */
class DeskCommandTest {
    private static final String PARTY = "otoritas-meja";

    @TempDir private static Path shared;
    private static EmbeddedPostgres postgres;

    @TempDir private Path folder;
    private final SigningKey identity = SigningKey.generate();
    private Path host;
    private Path desk;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(shared.resolve("postgres"));
        postgres.createDatabase("host");
        postgres.createDatabase("host_keys");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void configure() throws Exception {
        desk = folder.resolve("desk");
        host = folder.resolve("host.properties");
        writeHost(postgres.username(), postgres.password());
    }

    private void writeHost(String user, String password) throws Exception {
        var lines = new ArrayList<String>();
        hostSettings(user, password).forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(host, lines);
    }

    private Map<String, String> hostSettings(String user, String password) {
        return Map.ofEntries(
                Map.entry("server.port", "8443"),
                Map.entry("jalur.home", folder.resolve("host").toString()),
                Map.entry("jalur.party.id", "platform-induk"),
                Map.entry("jalur.party.name", "Platform \"Induk\""),
                Map.entry("jalur.party.kind", "platform"),
                Map.entry("jalur.party.identity", "0".repeat(64)),
                Map.entry("jalur.database.url", postgres.jdbcUrl("host") + "?ssl=false"),
                Map.entry("jalur.database.username", user),
                Map.entry("jalur.database.password", password),
                Map.entry("jalur.part-keys.url", postgres.jdbcUrl("host_keys")),
                Map.entry("jalur.part-keys.username", user),
                Map.entry("jalur.part-keys.password", password),
                Map.entry("jalur.peers[0].id", PARTY),
                Map.entry("jalur.peers[0].name", "Otoritas Meja"),
                Map.entry("jalur.peers[0].identity", fingerprint()),
                Map.entry("jalur.peers[0].url", "http://127.0.0.1:8444"));
    }

    private String fingerprint() {
        return identity.publicKey().fingerprint().hex();
    }

    private JalurSettings settings() {
        return new Binder(
                        new MapConfigurationPropertySource(
                                hostSettings(postgres.username(), postgres.password())))
                .bind("jalur", JalurSettings.class)
                .get();
    }

    private static String run(String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        new DeskCommand(
                        CommandArguments.of(List.of(words), "usage"),
                        Clock.systemUTC(),
                        new PrintStream(out, true, UTF_8))
                .run();
        return out.toString(UTF_8);
    }

    private String add(String party, String... changed) throws Exception {
        var words =
                new ArrayList<>(
                        List.of(
                                "add",
                                desk.toString(),
                                party,
                                "otoritas.example/journal",
                                "--config",
                                host.toString(),
                                "--name",
                                "Otoritas: \"Meja\"",
                                "--identity",
                                fingerprint(),
                                "--port",
                                "8444",
                                "--url",
                                "https://otoritas.desks.example"));
        for (int i = 0; i < changed.length; i += 2) {
            words.set(words.indexOf(changed[i]) + 1, changed[i + 1]);
        }
        return run(words.toArray(String[]::new));
    }

    private Path signed() throws Exception {
        KeyRequest request =
                KeyRequest.parse(Files.readAllBytes(desk.resolve("keys/request-1.json")));
        return Files.writeString(
                folder.resolve("statement-1.jws"),
                request.statement(identity.publicKey(), Clock.systemUTC().instant())
                        .sign(identity));
    }

    @Test
    void deskIsAddedWithDatabasesOfItsOwnAndKeysThatTheAuthoritySigns() throws Exception {
        String said = add("otoritas-satu");

        NodeConfiguration made = NodeConfiguration.read(desk.resolve("desk.yaml"));
        assertThat(said)
                .contains("The databases are there")
                .contains(
                        Hash.sha256(Files.readAllBytes(desk.resolve("keys/request-1.json"))).hex());
        assertThat(made.required("jalur.party.name")).isEqualTo("Otoritas: \"Meja\"");
        assertThat(made.required("jalur.hosted-by")).isEqualTo("Platform \"Induk\"");
        assertThat(made.required("jalur.peers[0].url")).isEqualTo("http://127.0.0.1:8443");
        assertThat(made.required("jalur.database.url")).endsWith("/desk_otoritas_satu?ssl=false");
        made.requireDatabase("jalur.database");
        made.requireDatabase("jalur.part-keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(desk)))
                .isEqualTo("rwx------");
        assertThat(desk.resolve("identity.p12")).doesNotExist();
        assertThat(run("install", desk.toString(), signed().toString())).contains("Keys no. 1");
    }

    @Test
    void roleOfTheDeskOpensNoDatabaseOfTheHost() throws Exception {
        add("otoritas-dua");
        NodeConfiguration made = NodeConfiguration.read(desk.resolve("desk.yaml"));

        try (var connection = made.connect("jalur.database");
                var statement = connection.createStatement()) {
            var rights =
                    statement.executeQuery(
                            "select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user");
            assertThat(rights.next()).isTrue();
            assertThat(rights.getBoolean(1)).isFalse();
        }
    }

    @Test
    void hostWithoutTheRightToMakeRolesGetsTheStatementsInAFile() throws Exception {
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                postgres.jdbcUrl("host"),
                                postgres.username(),
                                postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("create role plain login password 'sample'");
        }
        writeHost("plain", "sample");

        String said = add("otoritas-tiga");

        assertThat(said).contains("whoever administers PostgreSQL");
        assertThat(Files.readString(desk.resolve("desk_otoritas_tiga.sql")))
                .contains("create role desk_otoritas_tiga login")
                .contains("create database desk_otoritas_tiga owner desk_otoritas_tiga");
        assertThat(desk.resolve("desk_otoritas_tiga_keys.sql")).exists();
    }

    @Test
    void wrongWordsChangeNothing() throws Exception {
        assertRefused("--port", "0", "use 1 to 65535");
        assertRefused("--port", "http", "use 1 to 65535");
        assertRefused("--url", "desks.example", "no address of a node");
        assertRefused("--name", " ", "--name has");
        Files.createDirectory(desk);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> add("otoritas-empat"))
                .withMessageContaining("is there already");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> run("stop", desk.toString()))
                .withMessageContaining("is no desk");
    }

    private void assertRefused(String option, String value, String why) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> add("otoritas-lima", option, value))
                .withMessageContaining(why);
        assertThat(desk).doesNotExist();
    }

    @Test
    void statementOfAnotherIdentityBringsNothingIn() throws Exception {
        add("otoritas-enam");
        KeyRequest request =
                KeyRequest.parse(Files.readAllBytes(desk.resolve("keys/request-1.json")));
        SigningKey stranger = SigningKey.generate();
        Path statement =
                Files.writeString(
                        folder.resolve("foreign.jws"),
                        request.statement(stranger.publicKey(), Clock.systemUTC().instant())
                                .sign(stranger));

        assertThatExceptionOfType(RefusedStatementException.class)
                .isThrownBy(() -> run("install", desk.toString(), statement.toString()));
        assertThat(desk.resolve("keys/statement-1.jws")).doesNotExist();
    }

    @Test
    void hostAdmitsADeskThatFitsAndNoOther() throws Exception {
        add(PARTY);
        var fitting = new DeskFolder(desk);
        Hosted hosted = Hosted.admit(fitting, settings());

        assertThat(hosted.party()).isEqualTo(PARTY);
        assertThat(hosted.conflict(hosted)).isPresent();
        assertNotAdmitted("\"authority\"", "\"platform\"", "only an authority's desk");
        assertNotAdmitted("\"" + PARTY + "\"", "\"otoritas-lain\"", "does not name otoritas-lain");
        assertNotAdmitted(fingerprint(), "1".repeat(64), "has pinned");
        assertNotAdmitted("Platform \\\"Induk\\\"", "Somebody", "must name its host");
        assertNotAdmitted(desk + "\"", folder.resolve("elsewhere") + "\"", "own folder");
        assertNotAdmitted("/desk_otoritas_meja?", "/host?", "a desk has its own");
    }

    private void assertNotAdmitted(String right, String wrong, String why) throws Exception {
        Path file = desk.resolve("desk.yaml");
        String before = Files.readString(file);
        assertThat(before).contains(right);
        Files.writeString(file, before.replace(right, wrong));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Hosted.admit(new DeskFolder(desk), settings()))
                .withMessageContaining(why);
        Files.writeString(file, before);
    }

    @Test
    void twoDesksOnOneDatabaseConflict() {
        var one =
                new Hosted(
                        "otoritas-satu",
                        java.net.URI.create("http://127.0.0.1:1"),
                        java.util.Set.of("a", "b"));
        var other =
                new Hosted(
                        "otoritas-dua",
                        java.net.URI.create("http://127.0.0.1:2"),
                        java.util.Set.of("b", "c"));
        var third =
                new Hosted(
                        "otoritas-tiga",
                        java.net.URI.create("http://127.0.0.1:3"),
                        java.util.Set.of("d"));

        assertThat(one.conflict(other)).hasValueSatisfying(why -> assertThat(why).contains(" b "));
        assertThat(one.conflict(third)).isEqualTo(Optional.empty());
    }
}
