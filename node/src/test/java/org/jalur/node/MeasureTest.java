package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;
import static org.jalur.node.Measuring.cells;
import static org.jalur.node.Measuring.each;
import static org.jalur.node.Measuring.entry;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Testimony;
import org.jalur.access.order.BlockedName;
import org.jalur.access.text.ProbeRequest;
import org.jalur.access.text.ProbeResult;
import org.jalur.access.text.ProbeTask;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.access.zone.Serial;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.SigningKey;
import org.jalur.dns.ask.Asker;
import org.jalur.dns.ask.Inquiry;
import org.jalur.dns.ask.Pace;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.node.accounts.Role;
import org.jalur.node.zones.OrderZone;
import org.jsoup.Jsoup;
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
    private static HandMadeWitness witness;
    private static OrdersPrimary primary;
    private static InventedNames internet;
    private static RunningResolver bind;
    private static RunningResolver unbound;
    private static RunningResolver powerdns;
    private static RunningResolver knot;
    private static int silentPort;
    private static String notice;
    private static Measuring measuring;

    @BeforeAll
    static void start() throws Exception {
        for (Software one : Software.values()) {
            Assumptions.assumeTrue(
                    "1".equals(System.getenv("JALUR_REQUIRE_ALL")) || one.program().isPresent(),
                    () -> one.debianPackage() + " is not installed");
        }
        internet = new InventedNames();
        bind = RunningResolver.at(Software.BIND, folder.resolve("bind"));
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"));
        powerdns = RunningResolver.at(Software.POWERDNS, folder.resolve("powerdns"));
        knot = RunningResolver.at(Software.KNOT, folder.resolve("knot"));
        silentPort = FreePort.find();
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(CLOCK)
                        .with(AUTHORITY, "jalur.dns.orders.origin", ORDERS.ascii())
                        .with(AUTHORITY, "jalur.dns.orders.mailbox", "noc.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.canary", "canary.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.ttl", 2)
                        .with(AUTHORITY, "jalur.dns.orders.refresh", 12)
                        .with(AUTHORITY, "jalur.dns.orders.retry", 2)
                        .with(
                                AUTHORITY,
                                "jalur.measure.control",
                                "127.0.0.1:" + internet.address().getPort())
                        .with(AUTHORITY, "jalur.measure.internal[0]", "127.0.0.0/8")
                        .with(AUTHORITY, "jalur.measure.questions-per-second", 200)
                        .with(AUTHORITY, "jalur.measure.soon", "1s")
                        .with(AUTHORITY, "jalur.measure.change", "1h");
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            nodes.with(party, "jalur.witness-policy", policy.toString());
        }
        nodes.startAll();
        primary =
                new OrdersPrimary(
                        nodes, AUTHORITY, List.of(bind.address()), List.of(unbound.address()));
        var setup = new Setup(primary.address(), List.of(ORDERS), internet.address());
        for (RunningResolver one : List.of(bind, unbound, powerdns)) {
            one.start(setup);
        }
        knot.start(list(NAMES), internet.address());
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        measuring = new Measuring(nodes, AUTHORITY);
        notice = blocks.silence("https://social.example/m/1");
    }

    @AfterAll
    static void stop() throws Exception {
        for (RunningResolver one : List.of(bind, unbound, powerdns, knot)) {
            one.close();
        }
        primary.close();
        nodes.close();
        witness.close();
        internet.close();
    }

    /** What an operator gets who cannot transfer. */
    private static Export list(List<String> names) {
        Instant now = Instant.now();
        List<BlockedName> blocked =
                names.stream().map(name -> BlockedName.exactly(new DomainName(name))).toList();
        return new Export(
                nodes.bean(AUTHORITY, OrderZone.class).settings().orElseThrow(),
                new Serial(7),
                names.isEmpty()
                        ? List.of()
                        : List.of(
                                new ExportedOrder(
                                        "UKUR-1", now.plus(Duration.ofHours(2)), blocked)),
                now,
                now.plus(Duration.ofHours(1)));
    }

    @Test
    void liftIsDoneOnlyWhenEveryResolverIsMeasuredOpenOrClosedByName() throws Exception {
        String bindId = measuring.register("bind", bind.address().getPort());
        measuring.register("unbound", unbound.address().getPort());
        measuring.register("powerdns", powerdns.address().getPort());
        Map<String, Object> lists = entry("Operator of knot", "knot", knot.address().getPort());
        lists.put("transport", "list");
        assertThat(nodes.post(AUTHORITY, "admin", "/api/resolvers", lists).status()).isEqualTo(201);
        String silent = measuring.register("silent", silentPort);

        String id = blocks.send(blocks.form("UKUR-1", List.of(notice)));
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> state(one).equals("in_force"));
        JsonNode blocked =
                measuring.await(
                        id,
                        one ->
                                cells(one, "bind", "blocked") == 2
                                        && cells(one, "unbound", "blocked") == 2
                                        && cells(one, "powerdns", "blocked") == 2
                                        && cells(one, "knot", "blocked") == 2
                                        && cells(one, "silent", "silent") == 2);
        assertThat(each(blocked.path("cells"), "why"))
                .containsAnyOf("missing", "extended_error")
                .contains("no_answer");
        assertThat(blocked.path("lifts").isEmpty()).isTrue();
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        for (String page : List.of("/resolvers", "/access-blocks/" + id + "/measured")) {
            var shown = officer.get(page);
            assertThat(shown.statusCode()).as(page).isEqualTo(200);
            var picture = Jsoup.parse(shown.body()).select("svg.jalur-heat");
            assertThat(picture.select("rect.jalur-heat--blocked")).as(page).hasSizeGreaterThan(7);
            assertThat(picture.select("rect.jalur-heat--silent")).as(page).isNotEmpty();
        }
        measuring.await(
                id,
                one ->
                        one.path("cells")
                                .valueStream()
                                .anyMatch(it -> it.path("canary").asString().equals("current")));

        blocks.say("approver", id, "lift", Map.of("reason", "Sample reason."));
        blocks.await(id, one -> state(one).equals("lifting"));
        // PowerDNS polls: it may have lagged, and be done by now.
        JsonNode lagging =
                measuring.await(
                        id,
                        one ->
                                cells(one, "bind", "open") == 2
                                        && cells(one, "unbound", "open") == 2
                                        && cells(one, "knot", "blocked") == 2
                                        && each(one.at("/lifts/0/lagging"), "resolverName")
                                                .containsAll(Set.of("knot", "silent")));
        assertThat(each(lagging.at("/lifts/0/lagging"), "resolverName"))
                .doesNotContain("bind", "unbound");
        assertThat(each(lagging.at("/lifts/0/lagging"), "cause"))
                .as("one has an old file, the other is down")
                .contains("blocked");
        assertThat(lagging.at("/lifts/0/lagging").toString())
                .contains("Sample contact of Operator of knot", "noc@knot.example");
        assertThat(nodes.get(PLATFORM, "reviewer", there()).body().at("/block/state").asString())
                .isEqualTo("lifting");

        blocks.pass(Duration.ofMinutes(11));
        JsonNode reminded =
                measuring.await(
                        id,
                        one ->
                                each(one.path("reminders"), "name").contains("Operator of silent")
                                        && each(one.path("reminders"), "state")
                                                .equals(Set.of("no-mail")));
        assertThat(reminded.path("reminders").size()).as("once for each operator").isLessThan(4);
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql(
                                        "select count(*) from notification_events where kind = 'lift-lags' and subject = :id")
                                .param("id", id)
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
        assertThat(close(id, bindId, "Sample reason").status())
                .as("what answers is not closed")
                .isEqualTo(409);
        measuring.await(
                id,
                one ->
                        each(one.at("/lifts/0/lagging"), "resolverName")
                                .equals(Set.of("knot", "silent")));
        knot.stop();
        knot.start(list(List.of()), internet.address());
        measuring.await(
                id,
                one ->
                        each(one.at("/lifts/0/lagging"), "resolverName").equals(Set.of("silent"))
                                && each(one.at("/lifts/0/lagging"), "cause")
                                        .equals(Set.of("silent")));
        assertThat(close(id, silent, " ").status()).as("without a reason").isEqualTo(422);
        assertThat(state(blocks.here(id))).isEqualTo("lifting");

        assertThat(close(id, silent, "The provider has switched it off.").status()).isEqualTo(204);

        JsonNode done = blocks.await(id, one -> state(one).equals("lifted_except_unreachable"));
        assertThat(done.toString()).contains("lift_measured");
        assertThat(nodes.get(PLATFORM, "reviewer", there()).body().at("/block/state").asString())
                .isEqualTo("lifted_except_unreachable");
        JsonNode closed = nodes.get(AUTHORITY, "officer", Measuring.path(id)).body();
        assertThat(each(closed.path("closures"), "reason"))
                .containsExactly("The provider has switched it off.");
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("select count(*) from watched_names where block = :id::uuid")
                                .param("id", id)
                                .query(Integer.class)
                                .single())
                .isZero();

        assertThat(officer.get("/access-blocks/" + id + "/measured").body())
                .contains("The provider has switched it off.");
        assertThat(nodes.text(AUTHORITY, "officer", Measuring.path(id))).contains("t.me");
    }

    /** A probe by hand: signs whatever a test wants. */
    private record HandMadeProbe(UUID id, SigningKey key) {
        HttpResponse<String> post(String path, Jws.Type type, byte[] octets, SigningKey signer)
                throws Exception {
            return post(path, Jws.sign(type, octets, signer).compact());
        }

        HttpResponse<String> post(String path, String body) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(nodes.url(AUTHORITY) + path))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> ask(Instant at) throws Exception {
            return post(
                    "/probe/tasks", Jws.Type.PROBE_REQUEST, new ProbeRequest(id, at).octets(), key);
        }

        HttpResponse<String> report(ProbeResult result, SigningKey signer) throws Exception {
            return post("/probe/results", Jws.Type.PROBE_RESULT, result.octets(), signer);
        }
    }

    @Test
    void probeInTheFieldIsBelievedForItsOwnTasksAndOnceOnly() throws Exception {
        Map<String, Object> entry =
                entry("Operator of the field", "field", unbound.address().getPort());
        entry.put("askedFrom", "probe");
        String resolver =
                nodes.post(AUTHORITY, "admin", "/api/resolvers", entry)
                        .body()
                        .path("id")
                        .asString();
        SigningKey key = SigningKey.generate();
        Map<String, Object> registration =
                Map.of(
                        "name", "sample-probe",
                        "key",
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(key.publicKey().raw()),
                        "resolvers", List.of(resolver));
        assertThat(nodes.post(AUTHORITY, "officer", "/api/probes", registration).status())
                .isEqualTo(403);
        TestNodes.Reply registered = nodes.post(AUTHORITY, "admin", "/api/probes", registration);
        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
        assertThat(nodes.post(AUTHORITY, "admin", "/api/probes", registration).status())
                .isEqualTo(409);
        var probe =
                new HandMadeProbe(UUID.fromString(registered.body().path("id").asString()), key);
        Map<String, Object> form = blocks.form("UKUR-2", List.of(notice));
        form.put("names", List.of(AccessBlocks.name("video.platform.example", false)));
        form.put("reasons", List.of());
        String id = blocks.send(form);
        blocks.pass(Duration.ofHours(74));
        // From here on the node asks for it; the time alone says that it is in force.
        blocks.await(id, one -> one.toString().contains("\"block_published\""));

        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        assertThat(
                        probe.post(
                                        "/probe/tasks",
                                        Jws.Type.PROBE_REQUEST,
                                        new ProbeRequest(probe.id(), now).octets(),
                                        SigningKey.generate())
                                .statusCode())
                .as("another key")
                .isEqualTo(401);
        assertThat(probe.ask(now.minus(Duration.ofHours(1))).statusCode()).as("old").isEqualTo(401);
        HttpResponse<String> given = probe.ask(now);
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(probe.ask(now).statusCode()).as("the same again").isEqualTo(409);
        assertThat(probe.ask(now.minusMillis(1)).statusCode()).as("earlier").isEqualTo(409);
        assertThat(probe.post("/probe/tasks", "noise").statusCode()).isEqualTo(400);
        JsonNode body = TestNodes.JSON.readTree(given.body());
        Jws signed = Jws.parse(body.path("tasks").path(0).asString(), Jws.Type.PROBE_TASK);
        assertThat(
                        signed.isSignedBy(
                                KeyStatement.claimed(body.path("statement").asString())
                                        .key(KeyStatement.Use.MESSAGE)))
                .isTrue();
        ProbeTask task = ProbeTask.read(signed.payload());
        assertThat(task.port()).isEqualTo(unbound.address().getPort());
        assertThat(task.names()).contains(new DomainName("video.platform.example"));

        Testimony testimony =
                new Inquiry(Asker.usual(), new Pace(500), CLOCK)
                        .about(
                                new InetSocketAddress(task.address(), task.port()),
                                new DomainName("video.platform.example"),
                                task.canary());
        var result =
                new ProbeResult(
                        task.id(), probe.id(), new DomainName("video.platform.example"), testimony);
        assertThat(probe.report(result, SigningKey.generate()).statusCode())
                .as("forged")
                .isEqualTo(401);
        assertThat(
                        probe.report(
                                        new ProbeResult(
                                                task.id(),
                                                probe.id(),
                                                new DomainName("other.example"),
                                                testimony),
                                        key)
                                .statusCode())
                .as("a name that nobody asked for")
                .isEqualTo(403);
        assertThat(
                        probe.report(
                                        new ProbeResult(
                                                UUID.randomUUID(),
                                                probe.id(),
                                                result.name(),
                                                testimony),
                                        key)
                                .statusCode())
                .as("a task that nobody gave")
                .isEqualTo(403);
        HttpResponse<String> reported = probe.report(result, key);
        assertThat(reported.statusCode()).as(reported.body()).isEqualTo(204);
        assertThat(probe.report(result, key).statusCode()).as("replayed").isEqualTo(409);

        JsonNode measured =
                measuring.await(
                        id,
                        one ->
                                cells(one, "field", "blocked") == 1
                                        || cells(one, "field", "unclear") == 1
                                        || cells(one, "field", "open") == 1);
        assertThat(measured.toString()).contains("\"source\":\"probe\"", "sample-probe");
        PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
        assertThat(admin.get("/probes").body()).contains("sample-probe");

        nodes.post(AUTHORITY, "admin", "/api/probes/" + probe.id() + "/removal", Map.of());
        assertThat(probe.ask(CLOCK.instant().truncatedTo(ChronoUnit.MILLIS)).statusCode())
                .as("removed")
                .isEqualTo(401);
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "approver",
                                        "/api/resolvers/" + resolver + "/removal",
                                        Map.of("reason", "Sample reason"))
                                .status())
                .isEqualTo(204);
    }

    @Test
    void addressIsAskedOnlyIfAnAdminVouchesForItAndItIsAllowed() throws Exception {
        Map<String, Object> inside = entry("Sample operator", "inside", 53);
        inside.put("resolverAddress", "10.0.0.53");
        assertThat(
                        nodes.post(AUTHORITY, "officer", "/api/resolvers", inside)
                                .body()
                                .path("type")
                                .asString())
                .endsWith("address-not-allowed");
        for (String address :
                List.of("169.254.169.254", "::1", "fe80::1", "0.0.0.0", "host.example")) {
            inside.put("resolverAddress", address);
            assertThat(nodes.post(AUTHORITY, "admin", "/api/resolvers", inside).status())
                    .as(address)
                    .isEqualTo(422);
        }

        Map<String, Object> entry = entry("Sample operator", "waiting", FreePort.find());
        TestNodes.Reply written = nodes.post(AUTHORITY, "officer", "/api/resolvers", entry);
        assertThat(written.body().path("confirmed").asBoolean()).isFalse();
        String path = "/api/resolvers/" + written.body().path("id").asString();
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql(
                                        "select count(*) from resolver_turns where resolver = :id::uuid")
                                .param("id", written.body().path("id").asString())
                                .query(Integer.class)
                                .single())
                .as("no turn to be asked")
                .isZero();
        assertThat(nodes.post(AUTHORITY, "officer", "/api/resolvers", entry).status())
                .as("the same again")
                .isEqualTo(409);
        assertThat(nodes.post(AUTHORITY, "officer", path + "/confirmation", Map.of()).status())
                .isEqualTo(403);
        assertThat(nodes.post(AUTHORITY, "admin", path + "/confirmation", Map.of()).status())
                .isEqualTo(204);
        entry.put("port", Integer.toString(FreePort.find()));
        assertThat(
                        nodes.post(AUTHORITY, "officer", path, entry)
                                .body()
                                .path("confirmed")
                                .asBoolean())
                .as("another port has to be confirmed again")
                .isFalse();
        assertThat(nodes.post(AUTHORITY, "admin", path + "/removal", Map.of("reason", "")).status())
                .isEqualTo(422);
        assertThat(
                        nodes.post(
                                        AUTHORITY,
                                        "admin",
                                        path + "/removal",
                                        Map.of("reason", "Sample reason"))
                                .status())
                .isEqualTo(204);
        PageVisitor auditor = nodes.signedIn(AUTHORITY, Role.AUDITOR);
        String page = auditor.get("/resolvers/" + written.body().path("id").asString()).body();
        assertThat(page).contains("Sample reason");
    }

    @Test
    void resultsOfOthersAreTakenLineByLineAndMarkedWithTheirSource() throws Exception {
        String resolver =
                nodes.post(
                                AUTHORITY,
                                "admin",
                                "/api/resolvers",
                                entry("Outside operator", "outside", FreePort.find()))
                        .body()
                        .path("id")
                        .asString();
        String at = CLOCK.instant().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
        String csv =
                """
                asked_at,resolver,name,state,remark
                %1$s,outside,sample.example,blocked,=sample
                %1$s,outside,sample.example,gone,
                %1$s,nobody,sample.example,open,
                yesterday,outside,sample.example,open,
                %1$s,outside,http://x/,open,
                2020-01-01T00:00:00Z,outside,sample.example,open,
                """
                        .formatted(at);
        JsonNode taken = take(csv);
        assertThat(taken.path("taken").asInt()).isEqualTo(1);
        assertThat(taken.path("wrong").asInt()).isEqualTo(5);
        assertThat(taken.path("errors").valueStream().map(one -> one.path("line").asLong()))
                .containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(take(csv).path("known").asInt()).as("the same again").isEqualTo(1);

        String ooni =
                """
                {"measurement_start_time":"%s","input":"https://sample.example/","resolver_ip":"outside","test_keys":{"blocking":"dns","dns_consistency":"inconsistent"}}
                {"measurement_start_time":"soon"}
                no json
                """
                        .formatted(at.replace("T", " ").replace("Z", ""));
        JsonNode lines = take(ooni);
        assertThat(lines.path("taken").asInt() + lines.path("known").asInt())
                .as(lines.toString())
                .isEqualTo(1);
        assertThat(lines.path("wrong").asInt()).isEqualTo(2);
        assertThat(
                        nodes.callRaw(
                                AUTHORITY,
                                "officer",
                                "POST",
                                "/api/outside-readings?origin=x",
                                "a,b\n"))
                .isEqualTo(422);
        assertThat(nodes.signedIn(AUTHORITY, Role.OFFICER).get("/resolvers/file").body())
                .contains("sample.example", "outside,Sample tool", "'=sample");
        nodes.post(
                AUTHORITY,
                "admin",
                "/api/resolvers/" + resolver + "/removal",
                Map.of("reason", "Sample reason"));
    }

    private static JsonNode take(String file) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        nodes.url(AUTHORITY)
                                                                + "/api/outside-readings?origin=Sample%20tool"))
                                        .header("Authorization", "Bearer jalur_test_officer")
                                        .header("Content-Type", "text/plain")
                                        .POST(HttpRequest.BodyPublishers.ofString(file))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNodes.JSON.readTree(answer.body());
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
