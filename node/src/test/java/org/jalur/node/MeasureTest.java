package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.log.SecretFile;
import org.jalur.node.accounts.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A block and its lift, measured at real resolvers; two nodes that say the same of it. */
class MeasureTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    private static final List<String> NAMES = List.of("t.me", "web.platform.example");
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static AccessBlocks blocks;
    private static InventedNames internet;
    private static RunningResolver bind;
    private static RunningResolver unbound;
    private static RunningResolver powerdns;
    private static int silentPort;
    private static String notice;

    @BeforeAll
    static void start() throws Exception {
        for (Software one : List.of(Software.BIND, Software.UNBOUND, Software.POWERDNS)) {
            Assumptions.assumeTrue(
                    "1".equals(System.getenv("JALUR_REQUIRE_ALL")) || one.program().isPresent(),
                    () -> one.debianPackage() + " is not installed");
        }
        internet = new InventedNames();
        var dns = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), TestNodes.freePort());
        bind = RunningResolver.at(Software.BIND, folder.resolve("bind"));
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"));
        powerdns = RunningResolver.at(Software.POWERDNS, folder.resolve("powerdns"));
        silentPort = TestNodes.freePort();
        Path key = folder.resolve("resolver.key");
        SecretFile.write(
                key,
                "hmac-sha256 resolver.operator.example VGhpcyBrZXkgaXMgYW4gZXhhbXBsZSBvbmx5ISEhISE=\n");
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(CLOCK)
                        .with(AUTHORITY, "jalur.dns.address", "127.0.0.1")
                        .with(AUTHORITY, "jalur.dns.port", dns.getPort())
                        .with(AUTHORITY, "jalur.dns.orders.origin", ORDERS.ascii())
                        .with(AUTHORITY, "jalur.dns.orders.mailbox", "noc.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.canary", "canary.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.ttl", 2)
                        .with(AUTHORITY, "jalur.dns.orders.refresh", 12)
                        .with(AUTHORITY, "jalur.dns.orders.retry", 2)
                        .with(AUTHORITY, "jalur.dns.secondaries[0].name", "unbound")
                        .with(AUTHORITY, "jalur.dns.secondaries[0].addresses[0]", "127.0.0.1")
                        .with(AUTHORITY, "jalur.dns.secondaries[0].notify-at[0]", at(unbound))
                        .with(AUTHORITY, "jalur.dns.secondaries[1].name", "bind")
                        .with(AUTHORITY, "jalur.dns.secondaries[1].addresses[0]", "127.0.0.0/8")
                        .with(AUTHORITY, "jalur.dns.secondaries[1].key-file", key.toString())
                        .with(AUTHORITY, "jalur.dns.secondaries[1].notify-at[0]", at(bind))
                        .with(
                                AUTHORITY,
                                "jalur.measure.control",
                                "127.0.0.1:" + internet.address().getPort())
                        .with(AUTHORITY, "jalur.measure.internal[0]", "127.0.0.0/8")
                        .with(AUTHORITY, "jalur.measure.questions-per-second", 200)
                        .with(AUTHORITY, "jalur.measure.soon", "1s")
                        .with(AUTHORITY, "jalur.measure.change", "1h");
        nodes.startAll();
        var setup = new Setup(dns, List.of(ORDERS), internet.address());
        for (RunningResolver one : List.of(bind, unbound, powerdns)) {
            one.start(setup);
        }
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        notice = blocks.silence("https://social.example/m/1");
    }

    @AfterAll
    static void stop() throws Exception {
        for (RunningResolver one : List.of(bind, unbound, powerdns)) {
            one.close();
        }
        nodes.close();
        internet.close();
    }

    private static String at(RunningResolver resolver) {
        return "127.0.0.1:" + resolver.address().getPort();
    }

    private static Map<String, Object> entry(String operator, String name, int port) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("operatorName", operator);
        entry.put("contactPerson", "Sample contact of " + operator);
        entry.put("contactMail", "noc@" + name + ".example");
        entry.put("contactPhone", "+62 21 555 0100");
        entry.put("resolverName", name);
        entry.put("resolverAddress", "127.0.0.1");
        entry.put("port", Integer.toString(port));
        entry.put("software", "other");
        entry.put("transport", "transfer");
        entry.put("askedFrom", "node");
        return entry;
    }

    private static String register(String name, int port) throws Exception {
        TestNodes.Reply reply =
                nodes.post(
                        AUTHORITY,
                        "admin",
                        "/api/resolvers",
                        entry("Operator of " + name, name, port));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body().path("id").asString();
    }

    private static JsonNode awaitMeasured(String id, Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        JsonNode measured = nodes.get(AUTHORITY, "officer", path(id)).body();
        while (!wanted.test(measured) && System.nanoTime() < end) {
            Thread.sleep(200);
            measured = nodes.get(AUTHORITY, "officer", path(id)).body();
        }
        assertThat(wanted.test(measured)).as(measured.toString()).isTrue();
        return measured;
    }

    private static String path(String id) {
        return "/api/access-blocks/" + id + "/measured";
    }

    private static Set<String> of(JsonNode all, String member) {
        return all.valueStream().map(one -> one.path(member).asString()).collect(Collectors.toSet());
    }

    private static long cells(JsonNode measured, String resolver, String state) {
        return measured.path("cells")
                .valueStream()
                .filter(one -> one.path("resolverName").asString().equals(resolver))
                .filter(one -> one.path("state").asString().equals(state))
                .count();
    }

    @Test
    void liftIsDoneOnlyWhenEveryResolverIsMeasuredOpenOrClosedByName() throws Exception {
        String bindId = register("bind", bind.address().getPort());
        register("unbound", unbound.address().getPort());
        register("powerdns", powerdns.address().getPort());
        String silent = register("silent", silentPort);

        String id = blocks.send(blocks.form("UKUR-1", List.of(notice)));
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> state(one).equals("in_force"));
        JsonNode blocked =
                awaitMeasured(
                        id,
                        one ->
                                cells(one, "bind", "blocked") == 2
                                        && cells(one, "unbound", "blocked") == 2
                                        && cells(one, "powerdns", "blocked") == 2
                                        && cells(one, "silent", "silent") == 2);
        assertThat(of(blocked.path("cells"), "why"))
                .containsAnyOf("missing", "extended_error")
                .contains("no_answer");
        assertThat(blocked.path("lifts").isEmpty()).isTrue();
        awaitMeasured(
                id,
                one ->
                        one.path("cells")
                                .valueStream()
                                .anyMatch(it -> it.path("canary").asString().equals("current")));

        blocks.say("approver", id, "lift", Map.of("reason", "Sample reason."));
        blocks.await(id, one -> state(one).equals("lifting"));
        JsonNode lagging =
                awaitMeasured(
                        id,
                        one ->
                                cells(one, "bind", "open") == 2
                                        && cells(one, "unbound", "open") == 2
                                        && cells(one, "powerdns", "blocked") == 2
                                        && of(one.at("/lifts/0/lagging"), "resolverName")
                                                .equals(Set.of("powerdns", "silent")));
        assertThat(of(lagging.at("/lifts/0/lagging"), "cause"))
                .as("one polls, the other is down")
                .contains("blocked");
        assertThat(lagging.at("/lifts/0/lagging").toString())
                .contains("Sample contact of Operator of powerdns", "noc@powerdns.example");
        assertThat(nodes.get(PLATFORM, "reviewer", there()).body().at("/block/state").asString())
                .isEqualTo("lifting");

        assertThat(close(id, bindId, "Sample reason").status())
                .as("what answers is not closed")
                .isEqualTo(409);
        awaitMeasured(
                id,
                one ->
                        of(one.at("/lifts/0/lagging"), "resolverName").equals(Set.of("silent"))
                                && of(one.at("/lifts/0/lagging"), "cause")
                                        .equals(Set.of("silent")));
        assertThat(close(id, silent, " ").status()).as("without a reason").isEqualTo(422);
        assertThat(state(blocks.here(id))).isEqualTo("lifting");

        assertThat(close(id, silent, "The provider has switched it off.").status()).isEqualTo(204);

        JsonNode done =
                blocks.await(id, one -> state(one).equals("lifted_except_unreachable"));
        assertThat(done.toString()).contains("lift_measured");
        assertThat(nodes.get(PLATFORM, "reviewer", there()).body().at("/block/state").asString())
                .isEqualTo("lifted_except_unreachable");
        JsonNode closed = nodes.get(AUTHORITY, "officer", path(id)).body();
        assertThat(of(closed.path("closures"), "reason"))
                .containsExactly("The provider has switched it off.");
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("select count(*) from watched_names")
                                .query(Integer.class)
                                .single())
                .isZero();

        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        assertThat(officer.get("/access-blocks/" + id + "/measured").body())
                .contains("The provider has switched it off.");
        assertThat(nodes.text(AUTHORITY, "officer", path(id))).contains("t.me");
    }

    private static String there() throws Exception {
        return "/api/access-blocks/" + blocks.there("UKUR-1");
    }

    private static TestNodes.Reply close(String id, String resolver, String reason)
            throws Exception {
        return nodes.post(
                AUTHORITY,
                "approver",
                "/api/access-blocks/" + id + "/closures",
                Map.of("resolver", resolver, "names", NAMES, "reason", reason));
    }
}
