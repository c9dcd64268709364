package org.jalur.node.demo;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.agreement.Party;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.channel.SigningKey;
import org.jalur.dns.resolvers.Setup;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SecretFile;
import org.jalur.node.agreement.AgreementFile;
import org.jalur.node.agreement.SampleAgreement;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.demo.story.Side;
import org.jalur.node.demo.story.StoryTerms;
import org.jalur.node.register.FirstKeys;
import org.jalur.node.register.IdentityKey;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import tools.jackson.databind.json.JsonMapper;

/** What the demo's processes need: keys, agreement, configuration, and new tokens at each start. */
final class DemoSetup {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> PARTIES =
            Map.of("authority", "otoritas-contoh", "platform", "platform-contoh");
    private static final Map<String, String> NAMES =
            Map.of("authority", "Otoritas Contoh", "platform", "Platform Contoh");

    /** The zone of orders. */
    static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");

    private static final String WITNESS = "saksi-contoh.example/w1";

    /** For which the accounts of the authority file. */
    private static final List<String> ORGANISATIONS =
            List.of("Otoritas Contoh", "Unit Siber Contoh");

    private static final Map<String, List<String>> ROLES =
            Map.of(
                    "authority",
                            List.of(
                                    "officer",
                                    "approver",
                                    "approver.2",
                                    "signatory",
                                    "signatory.2",
                                    "admin",
                                    "auditor",
                                    "resolver"),
                    "platform",
                            List.of(
                                    "reviewer",
                                    "senior-reviewer",
                                    "signatory",
                                    "signatory.2",
                                    "admin",
                                    "auditor",
                                    "connector"));

    private final Path data;
    private final int port;
    private final EmbeddedPostgres postgres;
    private final Optional<InetSocketAddress> control;
    private final Map<String, SigningKey> identities = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tokens = new LinkedHashMap<>();
    private final String password = random().substring(0, 20);

    private DemoSetup(
            Path data, int port, EmbeddedPostgres postgres, Optional<InetSocketAddress> control) {
        this.data = data;
        this.port = port;
        this.postgres = postgres;
        this.control = control;
    }

    /**
     * @param control where the story is told: a resolver that filters nothing; terms are minutes
     *     then, and the nodes look often
     */
    static DemoSetup prepare(
            Path data, int port, EmbeddedPostgres postgres, Optional<InetSocketAddress> control)
            throws IOException {
        var setup = new DemoSetup(data, port, postgres, control);
        for (String side : List.of("authority", "platform")) {
            setup.identities.put(side, setup.identity(side));
            setup.tokens.put(side, setup.newTokens(side));
        }
        setup.writeAgreement();
        if (!Files.exists(setup.secret())) {
            SecretFile.write(setup.secret(), random() + "\n");
        }
        setup.writeConfiguration("authority", "platform");
        setup.writeConfiguration("platform", "authority");
        setup.writeSampleConfiguration();
        setup.writeWitnessConfiguration();
        return setup;
    }

    /** Whether the parties have met in this folder before: an agreement is written once. */
    static boolean isUsed(Path data) {
        return Files.exists(data.resolve("agreement.json"));
    }

    /** A side as its people use it. */
    Side side(String side, Side.Pause pause) {
        return new Side(
                of(PARTIES, side),
                url(side),
                new Side.People() {
                    @Override
                    public String token(String account) {
                        return of(of(tokens, side), account);
                    }

                    @Override
                    public String signInName(String account) {
                        return of(signInNames(side), account);
                    }

                    @Override
                    public String password() {
                        return password;
                    }
                },
                pause);
    }

    /** Where resolvers fetch zones. */
    InetSocketAddress primary() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port + 4);
    }

    String url(String side) {
        return "http://127.0.0.1:" + port(side);
    }

    String sampleUrl() {
        return "http://127.0.0.1:" + (port + 2);
    }

    List<String> node(String side) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(memory(side));
        command.addAll(
                List.of(
                        "-Xss512k",
                        // Classes are parsed and verified once, at the first stop; later starts map
                        // them.
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + data.resolve(side + ".jsa"),
                        "-Xlog:cds=off",
                        "-Xlog:cds+dynamic=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-Djalur.root=" + System.getProperty("jalur.root", "."),
                        "-jar",
                        jar("node", "jalur-node.jar"),
                        "--spring.config.additional-location=file:" + configuration(side),
                        "--jalur.stop-with-stdin=true"));
        return command;
    }

    /**
     * Small, for four processes on a desk; for a platform with millions of entries {@code
     * JALUR_DEMO_PLATFORM_JAVA} has other options of Java.
     */
    private static List<String> memory(String side) {
        return Optional.ofNullable(System.getenv("JALUR_DEMO_PLATFORM_JAVA"))
                .filter(_ -> side.equals("platform"))
                .map(options -> List.of(options.split(" ")))
                .orElse(List.of("-XX:+UseSerialGC", "-Xmx256m"));
    }

    List<String> sample() {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-jar",
                jar("sample", "jalur-sample.jar"),
                "--port",
                Integer.toString(port + 2),
                "--data",
                data.resolve("sample-platform").toString(),
                "--config",
                data.resolve("sample-platform.properties").toString(),
                "--stop-with-stdin");
    }

    String witnessUrl() {
        return "http://127.0.0.1:" + (port + 3);
    }

    List<String> witness() {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar("tools", "jalur-tools.jar"),
                "witness",
                "--config",
                data.resolve("witness.properties").toString(),
                "--stop-with-stdin");
    }

    /** What the witness says of itself: both nodes ask it for cosignatures, and to hand on. */
    void writeWitnessPolicy(String policy) throws IOException {
        Files.writeString(policy(), policy);
    }

    /** Where to look, for programs: one token for each sample role. */
    void announce(Path file) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        for (String side : List.of("authority", "platform")) {
            json.put(
                    side,
                    Map.of(
                            "party", of(PARTIES, side),
                            "url", url(side),
                            "tokens", of(tokens, side),
                            "signIn", Map.of("password", password, "names", signInNames(side))));
        }
        json.put("samplePlatform", Map.of("url", sampleUrl()));
        json.put(
                "witness",
                Map.of("name", WITNESS, "url", witnessUrl(), "policy", policy().toString()));
        SecretFile.write(
                file,
                JsonMapper.builder()
                                .build()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(json)
                        + "\n");
    }

    String welcome(Path announcement) {
        return """

        Jalur's demo is up.
          authority        %s
          platform         %s
          sample platform  %s
          witness          %s
        Sign in with the password %s as
          on the authority: %s
          on the platform:  %s
        API tokens, one for each sample role: %s
        The README shows the first notice by curl. Ctrl+C stops the demo; its data stays in %s.
        """
                .formatted(
                        url("authority"),
                        url("platform"),
                        sampleUrl(),
                        witnessUrl(),
                        password,
                        String.join(", ", signInNames("authority").values()),
                        String.join(", ", signInNames("platform").values()),
                        announcement,
                        data);
    }

    /** By role; the connector is no person. */
    private static Map<String, String> signInNames(String side) {
        Map<String, String> names = new LinkedHashMap<>();
        of(ROLES, side).stream()
                .filter(role -> !role.equals("connector"))
                .forEach(role -> names.put(role, "sample " + role));
        return names;
    }

    private int port(String side) {
        return side.equals("authority") ? port : port + 1;
    }

    private SigningKey identity(String side) throws IOException {
        Path folder = data.resolve(side);
        Files.createDirectories(folder);
        var keys = new KeyFolder(folder.resolve("keys"));
        Passphrase offline = passphrase(identityPassphrase(side));
        if (!keys.serials().isEmpty()) {
            return IdentityKey.open(FirstKeys.identity(folder), offline);
        }
        if (Files.exists(folder.resolve("journal"))) {
            throw new Demo.RefusedException(
                    "%s has a journal without its keys; choose another folder with --data FOLDER"
                            .formatted(data));
        }
        // A node for real use refuses keys that lie beside this mark.
        SecretFile.makeFolder(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys").resolve("DEMO"), "keys of the demo\n");
        var party = new PartyId(of(PARTIES, side));
        return FirstKeys.make(
                folder,
                party,
                party + ".example/journal",
                passphrase(keysPassphrase(side)),
                offline,
                Clock.systemUTC());
    }

    private Path keysPassphrase(String side) {
        return data.resolve(side + "-keys.passphrase");
    }

    /** The demo's identity keys lie on this machine as well; those of real use do not. */
    private Path identityPassphrase(String side) {
        return data.resolve(side + "-identity.passphrase");
    }

    private static Passphrase passphrase(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecretFile.write(file, random() + "\n");
        }
        return Passphrase.of(Optional.of(file), Passphrase.WORKING, Map.of());
    }

    private Map<String, String> newTokens(String side) throws IOException {
        Map<String, String> fresh = new LinkedHashMap<>();
        var text = new StringBuilder();
        for (String role : of(ROLES, side)) {
            fresh.put(role, "jalur_" + random());
            text.append(role).append('=').append(fresh.get(role)).append('\n');
        }
        text.append("password=").append(password).append('\n');
        text.append("organisations=").append(String.join(";", ORGANISATIONS)).append('\n');
        SecretFile.write(data.resolve(side + "-tokens.properties"), text.toString());
        return fresh;
    }

    private void writeAgreement() throws IOException {
        if (Files.exists(agreement())) {
            return;
        }
        AgreementFile.write(
                agreement(),
                control.isPresent()
                        ? StoryTerms.between(party("authority"), party("platform"), ORGANISATIONS)
                        : SampleAgreement.between(
                                party("authority"), party("platform"), ORGANISATIONS),
                of(identities, "authority"),
                of(identities, "platform"));
    }

    private Party party(String side) {
        return SampleAgreement.party(
                of(PARTIES, side), of(NAMES, side), of(identities, side).publicKey().fingerprint());
    }

    private void writeConfiguration(String side, String peer) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("server.port=" + port(side));
        lines.add("jalur.demo=true");
        lines.add("jalur.demo-tokens=" + data.resolve(side + "-tokens.properties"));
        lines.add("jalur.home=" + data.resolve(side));
        lines.add("jalur.keys-passphrase-file=" + keysPassphrase(side));
        lines.add("jalur.party.id=" + of(PARTIES, side));
        lines.add("jalur.party.name=" + of(NAMES, side));
        lines.add("jalur.party.kind=" + side);
        lines.add("jalur.party.identity=" + fingerprint(side));
        for (var pool :
                Map.of("jalur.database", side, "jalur.part-keys", side + "_keys").entrySet()) {
            lines.add(pool.getKey() + ".url=" + postgres.jdbcUrl(pool.getValue()));
            lines.add(pool.getKey() + ".username=" + postgres.username());
            lines.add(pool.getKey() + ".password=" + postgres.password());
        }
        lines.add("jalur.peers[0].id=" + of(PARTIES, peer));
        lines.add("jalur.peers[0].name=" + of(NAMES, peer));
        lines.add("jalur.peers[0].identity=" + fingerprint(peer));
        lines.add("jalur.peers[0].url=" + url(peer));
        lines.add("jalur.agreements[0]=" + agreement());
        lines.add("jalur.witness-policy=" + policy());
        lines.add("jalur.relay.witness=" + WITNESS);
        lines.add("jalur.relay.after=" + (control.isPresent() ? "2s" : "10s"));
        if (side.equals("platform")) {
            lines.add("jalur.connector.url=" + sampleUrl() + "/connector");
            lines.add("jalur.connector.secret-file=" + secret());
            lines.add("jalur.public.url=" + url(side));
        } else {
            lines.addAll(zones());
            control.ifPresent(one -> lines.addAll(quick(one)));
        }
        SecretFile.write(configuration(side), String.join("\n", lines) + "\n");
    }

    /**
     * Zones for two resolvers on the next ports: one that signs, as BIND, and one that does not, as
     * Unbound. The key is the one of the documents; nobody beyond loopback can use it.
     */
    private List<String> zones() throws IOException {
        Path key = data.resolve("resolver.key");
        SecretFile.write(key, Setup.KEY_LINE + "\n");
        return """
        jalur.dns.address=127.0.0.1
        jalur.dns.port=%1$d
        jalur.dns.orders.origin=%5$s
        jalur.dns.orders.mailbox=noc.authority.example
        jalur.dns.orders.canary=canary.authority.example
        jalur.dns.list.origin=list.rpz.authority.example
        jalur.dns.list.mailbox=noc.authority.example
        jalur.dns.list.canary=list.canary.authority.example
        jalur.dns.secondaries[0].name=sample-bind
        jalur.dns.secondaries[0].operator=sample-operator-1
        jalur.dns.secondaries[0].addresses[0]=127.0.0.1
        jalur.dns.secondaries[0].notify-at[0]=127.0.0.1:%2$d
        jalur.dns.secondaries[0].key-file=%3$s
        jalur.dns.secondaries[1].name=sample-unbound
        jalur.dns.secondaries[1].operator=sample-operator-2
        jalur.dns.secondaries[1].addresses[0]=127.0.0.1
        jalur.dns.secondaries[1].notify-at[0]=127.0.0.1:%4$d
        jalur.measure.internal[0]=127.0.0.0/8
        """
                .formatted(port + 4, port + 5, key, port + 6, ORDERS)
                .lines()
                .toList();
    }

    /** Looks that a story of minutes needs: what real nodes look at every minute, and measure. */
    private static List<String> quick(InetSocketAddress control) {
        return """
        jalur.escalation.again=5s
        jalur.dns.orders.ttl=2
        jalur.dns.orders.refresh=12
        jalur.dns.orders.retry=2
        jalur.measure.control=%s:%d
        jalur.measure.questions-per-second=200
        jalur.measure.soon=1s
        jalur.measure.change=1h
        jalur.measure.reminders=15s,1h
        """
                .formatted(control.getAddress().getHostAddress(), control.getPort())
                .lines()
                .toList();
    }

    private void writeSampleConfiguration() throws IOException {
        SecretFile.write(
                data.resolve("sample-platform.properties"),
                """
                connector.secret=%s
                screen.url=%s
                screen.token=%s
                public.url=%s
                """
                        .formatted(
                                Files.readString(secret()).strip(),
                                url("platform"),
                                of(tokens, "platform").get("connector"),
                                sampleUrl()));
    }

    private void writeWitnessConfiguration() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("name=" + WITNESS);
        lines.add("home=" + data.resolve("witness"));
        lines.add("port=" + (port + 3));
        if (control.isPresent()) {
            lines.add("relays-per-minute=600");
        }
        for (String side : List.of("authority", "platform")) {
            String party = of(PARTIES, side);
            KeyStatement statement =
                    new KeyFolder(data.resolve(side).resolve("keys"))
                            .statements(
                                    new PartyId(party),
                                    of(identities, side).publicKey().fingerprint())
                            .getLast()
                            .statement();
            for (NoteVerifier key : statement.checkpointVerifiers()) {
                lines.add("log.%s.%08x=%s".formatted(party, key.keyId(), key.vkey()));
            }
            lines.add("party.%s.identity=%s".formatted(party, fingerprint(side)));
            lines.add("party.%s.url=%s".formatted(party, url(side)));
        }
        SecretFile.write(data.resolve("witness.properties"), String.join("\n", lines) + "\n");
    }

    private String fingerprint(String side) {
        return of(identities, side).publicKey().fingerprint().hex();
    }

    private Path configuration(String side) {
        return data.resolve(side + ".properties");
    }

    private Path policy() {
        return data.resolve("witness-policy.txt");
    }

    private Path agreement() {
        return data.resolve("agreement.json");
    }

    private Path secret() {
        return data.resolve("connector.secret");
    }

    private static <T> T of(Map<String, T> map, String key) {
        return Optional.ofNullable(map.get(key)).orElseThrow();
    }

    private static String random() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The launcher says where the project is. */
    private static String jar(String module, String name) {
        return String.join(
                File.separator, System.getProperty("jalur.root", "."), module, "target", name);
    }
}
