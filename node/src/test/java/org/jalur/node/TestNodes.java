package org.jalur.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Party;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.log.Ed25519Provider;
import org.jalur.log.SecretFile;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.AgreementFile;
import org.jalur.node.agreement.SampleAgreement;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real nodes on loopback over one real PostgreSQL, each with its own databases, keys and journal.
 */
final class TestNodes implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        Ed25519Provider.prefer();
    }

    private final Terms terms;
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Map<String, SigningKey> identities = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, ConfigurableApplicationContext> running = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> extra = new HashMap<>();
    private final List<String> authorities;
    private final List<String> platforms;
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Clock> clock = Optional.empty();

    /** What the parties have signed before the nodes start. */
    @FunctionalInterface
    interface Terms {
        Agreement between(Party authority, Party platform, List<String> organisations);
    }

    TestNodes(Path folder, List<String> authorities, List<String> platforms) throws Exception {
        this(folder, authorities, platforms, SampleAgreement::between);
    }

    TestNodes(Path folder, List<String> authorities, List<String> platforms, Terms terms)
            throws Exception {
        this.terms = terms;
        this.folder = folder;
        this.authorities = authorities;
        this.platforms = platforms;
        postgres = TestPostgres.start(folder.resolve("postgres"));
        for (String party : all()) {
            SigningKey identity = SigningKey.generate();
            identities.put(party, identity);
            ports.put(party, FreePort.find());
            SecretFile.write(passphraseFile(party), "sample passphrase of " + party + "\n");
            newKeys(party, Optional.empty());
        }
        for (String authority : authorities) {
            for (String platform : platforms) {
                AgreementFile.write(
                        agreementFile(authority, platform),
                        agreement(authority, platform),
                        identity(authority),
                        identity(platform));
            }
        }
    }

    /** What both have signed before the nodes start. */
    Agreement agreement(String authority, String platform) {
        return terms.between(party(authority), party(platform), List.of("Otoritas Contoh"));
    }

    Party party(String party) {
        return SampleAgreement.party(party, party, identity(party).publicKey().fingerprint());
    }

    private List<String> all() {
        var all = new ArrayList<>(authorities);
        all.addAll(platforms);
        return all;
    }

    private SigningKey identity(String party) {
        return Optional.ofNullable(identities.get(party)).orElseThrow();
    }

    private Path passphraseFile(String party) {
        return folder.resolve(party + ".passphrase");
    }

    Passphrase passphrase(String party) {
        return Passphrase.of(Optional.of(passphraseFile(party)), Passphrase.WORKING, Map.of());
    }

    /** The folder of a party's working keys. */
    KeyFolder keys(String party) {
        return new KeyFolder(folder.resolve(party).resolve("keys"));
    }

    /** New working keys in the folder, as the command line makes and installs them. */
    KeyStatement replaceKeys(String party, KeyStatement.Reason reason) throws IOException {
        return newKeys(party, Optional.of(reason));
    }

    private KeyStatement newKeys(String party, Optional<KeyStatement.Reason> reason)
            throws IOException {
        KeyFolder folder = keys(party);
        KeyFolder.Pending pending =
                folder.prepare(
                        new PartyId(party), party + ".example/journal", reason, passphrase(party));
        return folder.sign(pending, identity(party), passphrase(party), Clock.systemUTC())
                .statement();
    }

    /** Somebody new with this role, signed in to the pages of a node. */
    PageVisitor signedIn(String party, Role role) throws Exception {
        String name = "Sample " + UUID.randomUUID();
        String password = "a sample password of a test";
        UUID account = bean(party, Accounts.class).open(name, role);
        bean(party, Accounts.class).belongs(account, List.of("Otoritas Contoh"));
        bean(party, Passwords.class).set(account, password);
        var visitor = new PageVisitor(url(party));
        visitor.signIn(name, password);
        return visitor;
    }

    /** What signs a party's messages now. */
    SigningKey messageKey(String party) throws IOException {
        KeyFolder folder = keys(party);
        return folder.open(
                        folder.statements(
                                        new PartyId(party),
                                        identity(party).publicKey().fingerprint())
                                .getLast(),
                        passphrase(party),
                        Clock.systemUTC())
                .message();
    }

    private Path agreementFile(String authority, String platform) {
        return folder.resolve(authority + "--" + platform + ".json");
    }

    /** What all nodes that start from here go by. */
    TestNodes at(Clock moved) {
        clock = Optional.of(moved);
        return this;
    }

    /** Settings besides the usual ones, before the node starts. */
    TestNodes with(String party, String key, Object value) {
        extra.computeIfAbsent(party, _ -> new HashMap<>()).put(key, value);
        return this;
    }

    void startAll() throws Exception {
        for (String party : all()) {
            start(party);
        }
    }

    void start(String party) throws Exception {
        var application = new SpringApplication(JalurNode.class);
        application.setRegisterShutdownHook(false);
        clock.ifPresent(one ->
                application.addInitializers((GenericApplicationContext context) ->
                        context.registerBean(
                                "movedClock",
                                Clock.class,
                                () -> one,
                                bean -> bean.setPrimary(true))));
        application.setDefaultProperties(settings(party));
        running.put(party, application.run());
    }

    void stop(String party) {
        Optional.ofNullable(running.remove(party)).orElseThrow().close();
    }

    Map<String, Object> settings(String party) throws Exception {
        boolean authority = authorities.contains(party);
        String database = party.replace('-', '_');
        TestPostgres.createDatabases(postgres, database);
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", port(party));
        settings.put("jalur.home", folder.resolve(party).toString());
        settings.put("jalur.keys-passphrase-file", passphraseFile(party).toString());
        settings.put("jalur.party.id", party);
        settings.put("jalur.party.name", party);
        settings.put("jalur.party.kind", authority ? "authority" : "platform");
        settings.put("jalur.party.identity", identity(party).publicKey().fingerprint().hex());
        settings.put("jalur.database.url", postgres.jdbcUrl(database));
        settings.put("jalur.database.connections", 8);
        settings.put("jalur.part-keys.url", postgres.jdbcUrl(database + "_keys"));
        settings.put("jalur.part-keys.connections", 8);
        for (String pool : List.of("jalur.database", "jalur.part-keys")) {
            settings.put(pool + ".username", postgres.username());
            settings.put(pool + ".password", postgres.password());
        }
        List<String> peers = authority ? platforms : authorities;
        for (int i = 0; i < peers.size(); i++) {
            String peer = peers.get(i);
            settings.put("jalur.peers[%d].id".formatted(i), peer);
            settings.put("jalur.peers[%d].name".formatted(i), peer);
            settings.put(
                    "jalur.peers[%d].identity".formatted(i),
                    identity(peer).publicKey().fingerprint().hex());
            settings.put("jalur.peers[%d].url".formatted(i), url(peer));
            settings.put(
                    "jalur.agreements[%d]".formatted(i),
                    (authority ? agreementFile(party, peer) : agreementFile(peer, party))
                            .toString());
        }
        settings.put("jalur.demo", true);
        Path tokens = folder.resolve(party).resolve("tokens.properties");
        Files.writeString(tokens, tokens(authority));
        settings.put("jalur.demo-tokens", tokens.toString());
        settings.putAll(extra.getOrDefault(party, Map.of()));
        return settings;
    }

    private static String tokens(boolean authority) {
        var text = new StringBuilder();
        List<String> roles =
                authority
                        ? List.of(
                                "officer",
                                "approver",
                                "approver.2",
                                "signatory",
                                "signatory.2",
                                "admin",
                                "auditor",
                                "resolver")
                        : List.of(
                                "reviewer",
                                "reviewer.2",
                                "senior-reviewer",
                                "signatory",
                                "signatory.2",
                                "admin",
                                "auditor",
                                "connector");
        roles.forEach(role -> text.append(role).append("=jalur_test_").append(role).append('\n'));
        return text.append("organisations=Otoritas Contoh\n").toString();
    }

    int port(String party) {
        return Optional.ofNullable(ports.get(party)).orElseThrow();
    }

    String url(String party) {
        return "http://127.0.0.1:" + port(party);
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    <T> T bean(String party, Class<T> type) {
        return Optional.ofNullable(running.get(party)).orElseThrow().getBean(type);
    }

    ConfigurableApplicationContext context(String party) {
        return Optional.ofNullable(running.get(party)).orElseThrow();
    }

    /** Runs a scheduled task now, as the scheduler would. */
    void runScheduled(String party, String method) {
        context(party)
                .getBean(ScheduledAnnotationBeanPostProcessor.class)
                .getScheduledTasks()
                .stream()
                .filter(task -> task.toString().endsWith("." + method))
                .findFirst()
                .orElseThrow()
                .getTask()
                .getRunnable()
                .run();
    }

    /** The status alone, whatever the body. */
    int callRaw(String party, String role, String method, String path, String body)
            throws Exception {
        return send(party, "jalur_test_" + role, role.isEmpty(), method, path, body).statusCode();
    }

    int withToken(String party, String token, String path) throws Exception {
        return send(party, token, false, "GET", path, "").statusCode();
    }

    String text(String party, String role, String path) throws Exception {
        return send(party, "jalur_test_" + role, false, "GET", path, "").body();
    }

    private HttpResponse<String> send(
            String party, String token, boolean anonymous, String method, String path, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url(party) + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        request.header(
                "Content-Type",
                path.startsWith("/channel/parts")
                        ? "application/octet-stream"
                        : "application/json");
        if (!anonymous) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Settings, keys and databases of a party, for a test that plays it by hand. */
    SigningKey identityOf(String party) {
        return identity(party);
    }

    Path home(String party) {
        return folder.resolve(party);
    }

    Path agreementBetween(String authority, String platform) {
        return agreementFile(authority, platform);
    }

    record Reply(int status, JsonNode body) {}

    Reply get(String party, String role, String path) throws Exception {
        return call(party, role, "GET", path, Optional.empty(), Optional.empty());
    }

    Reply post(String party, String role, String path, Object body) throws Exception {
        return call(party, role, "POST", path, Optional.of(body), Optional.empty());
    }

    Reply call(
            String party,
            String role,
            String method,
            String path,
            Optional<Object> body,
            Optional<String> idempotencyKey)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url(party) + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.map(content ->
                                                HttpRequest.BodyPublishers.ofByteArray(
                                                        content instanceof String text
                                                                ? text.getBytes(
                                                                        java.nio.charset
                                                                                .StandardCharsets
                                                                                .UTF_8)
                                                                : JSON.writeValueAsBytes(content)))
                                        .orElse(HttpRequest.BodyPublishers.noBody()));
        if (!role.isEmpty()) {
            request.header("Authorization", "Bearer jalur_test_" + role);
        }
        idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
        HttpResponse<byte[]> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode json =
                response.body().length == 0
                        ? JSON.createObjectNode()
                        : JSON.readTree(response.body());
        return new Reply(response.statusCode(), json);
    }

    /** Asks until the answer is as wanted, for at most 30 seconds. */
    JsonNode await(String party, String role, String path, Predicate<JsonNode> wanted)
            throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            Reply reply = get(party, role, path);
            if (reply.status() == 200 && wanted.test(reply.body())) {
                return reply.body();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s %s still says: %s".formatted(party, path, reply));
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    /** Until the node answers at all, for at most 60 seconds. */
    void awaitStatus(String party, String path) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                if (get(party, "", path).status() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        List.copyOf(running.keySet()).forEach(this::stop);
        postgres.close();
    }
}
