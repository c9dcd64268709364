package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;
import static org.jalur.node.Measuring.each;
import static org.jalur.node.Measuring.entry;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.text.ProbeRequest;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.access.zone.Serial;
import org.jalur.channel.Jws;
import org.jalur.channel.SigningKey;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.node.accounts.Role;
import org.jalur.node.zones.OrderZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names that are blocked with their subdomains, at a resolver that follows the zone and at one that
 * gets lists: below one of them every name exists, below another only "www", below the third none.
 */
class SubdomainsMeasuredTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    private static final DomainName WILD = new DomainName("wild.platform.example");
    private static final DomainName BARE = new DomainName("bare.platform.example");
    private static final DomainName EMPTY = new DomainName("empty.platform.example");
    private static final String WWW = "www.";
    private static final String INVENTED = "jalur-probe.";
    private static final String SAME = "same.platform.example";
    private static final int CALLS = 60;
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static AccessBlocks blocks;
    private static Measuring measuring;
    private static OrdersPrimary primary;
    private static InventedNames internet;
    private static RunningResolver unbound;
    private static RunningResolver knot;
    private static Supplier<String> signed = () -> "";
    private static boolean registered;

    @BeforeAll
    static void start() throws Exception {
        for (Software one : List.of(Software.UNBOUND, Software.KNOT)) {
            Assumptions.assumeTrue(
                    "1".equals(System.getenv("JALUR_REQUIRE_ALL")) || one.program().isPresent(),
                    () -> one.debianPackage() + " is not installed");
        }
        internet = new InventedNames();
        internet.onlyWwwBelow(BARE);
        internet.nothingBelow(EMPTY);
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"));
        knot = RunningResolver.at(Software.KNOT, folder.resolve("knot"));
        nodes =
                Measuring.set(
                        new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                                .at(CLOCK)
                                .with(AUTHORITY, "jalur.measure.probe-calls", CALLS),
                        AUTHORITY,
                        ORDERS,
                        internet.address());
        nodes.startAll();
        primary = new OrdersPrimary(nodes, AUTHORITY, List.of(), List.of(unbound.address()));
        unbound.start(new Setup(primary.address(), List.of(ORDERS), internet.address()));
        knot.start(
                list(
                        BlockedName.withSubdomains(WILD),
                        BlockedName.withSubdomains(BARE),
                        BlockedName.withSubdomains(EMPTY)),
                internet.address());
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        measuring = new Measuring(nodes, AUTHORITY);
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(
                        text -> ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false));
    }

    @AfterAll
    static void stop() throws Exception {
        unbound.close();
        knot.close();
        primary.close();
        nodes.close();
        internet.close();
    }

    /** What an operator gets who cannot transfer. */
    private static Export list(BlockedName... names) {
        Instant now = Instant.now();
        return new Export(
                nodes.bean(AUTHORITY, OrderZone.class).settings().orElseThrow(),
                new Serial(7),
                names.length == 0
                        ? List.of()
                        : List.of(
                                new ExportedOrder(
                                        "BAWAH-1",
                                        now.plus(Duration.ofHours(2)),
                                        Arrays.asList(names))),
                now,
                now.plus(Duration.ofHours(1)));
    }

    private static Map<String, Object> form() {
        Map<String, Object> form = blocks.form("BAWAH-1", List.of());
        form.put("otherGround", "Sample ground.");
        form.put(
                "names",
                List.of(
                        AccessBlocks.name(WILD.ascii(), true),
                        AccessBlocks.name(BARE.ascii(), true),
                        AccessBlocks.name(EMPTY.ascii(), true)));
        form.put(
                "reasons",
                Stream.of(WILD, BARE, EMPTY)
                        .map(name -> AccessBlocks.reason(name.ascii(), "every_subdomain"))
                        .toList());
        return form;
    }

    private static String stateOf(JsonNode measured, String resolver, String name) {
        return measured.path("cells")
                .valueStream()
                .filter(one -> one.path("resolverName").asString().equals(resolver))
                .filter(one -> one.path("name").asString().equals(name))
                .map(one -> one.path("state").asString())
                .collect(Collectors.joining());
    }

    private static boolean are(
            JsonNode measured, String resolver, Map<String, List<String>> wanted) {
        return wanted.entrySet().stream()
                .allMatch(state ->
                        state.getValue().stream()
                                .allMatch(name ->
                                        stateOf(measured, resolver, name).equals(state.getKey())));
    }

    private static Set<String> lagging(JsonNode measured) {
        return measured.at("/lifts/0/lagging")
                .valueStream()
                .map(one -> one.path("resolverName").asString() + " " + one.path("name").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void labelThatIsKeptForQuestionsIsNotBlocked() throws Exception {
        Map<String, Object> form = new HashMap<>(form());
        form.put(
                "names",
                List.of(
                        AccessBlocks.name("jalur-probe-0a1b2c3d.platform.example", false),
                        AccessBlocks.name(WILD.ascii(), true)));

        TestNodes.Reply refused = blocks.draft(form);

        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
        assertThat(refused.body().toString()).contains("jalur-probe");
    }

    /** A caller at an address that nobody else uses. */
    private static Stranger at(int number) {
        return new Stranger(nodes.url(AUTHORITY), "127.0.2." + number);
    }

    private static HttpResponse<String> untilRefused(Stranger... callers) throws Exception {
        for (int i = 0; i < 2 * CALLS; i++) {
            HttpResponse<String> answer =
                    callers[i % callers.length].post("/probe/tasks", signed.get());
            if (answer.statusCode() == 429) {
                assertThat(i).as("calls before").isGreaterThanOrEqualTo(CALLS - 1);
                return answer;
            }
        }
        throw new AssertionError("nobody was refused");
    }

    private static void assertToldToWait(HttpResponse<String> refused) {
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(refused.body()).contains("too-many-probe-calls", "Retry-After");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 60L);
    }

    @Test
    void whoCallsAsAProbeTooOftenWaitsByAddressAndByKey() throws Exception {
        signed = () -> "noise";
        assertToldToWait(untilRefused(at(1)));
        assertThat(at(2).post("/probe/results", "noise").statusCode())
                .as("another address")
                .isEqualTo(400);

        Map<String, Object> field = entry("Sample operator", "field", FreePort.find());
        field.put("askedFrom", "probe");
        String resolver = measuring.register(field);
        SigningKey key = SigningKey.generate();
        UUID probe =
                UUID.fromString(
                        nodes.post(
                                        AUTHORITY,
                                        "admin",
                                        "/api/probes",
                                        Map.of(
                                                "name",
                                                "sample-probe",
                                                "key",
                                                Base64.getUrlEncoder()
                                                        .withoutPadding()
                                                        .encodeToString(key.publicKey().raw()),
                                                "resolvers",
                                                List.of(resolver)))
                                .body()
                                .path("id")
                                .asString());
        assertThat(nodes.signedIn(AUTHORITY, Role.ADMIN).get("/probes").statusCode())
                .as("before it ever called")
                .isEqualTo(200);
        signed =
                () ->
                        Jws.sign(
                                        Jws.Type.PROBE_REQUEST,
                                        new ProbeRequest(
                                                        probe,
                                                        CLOCK.instant()
                                                                .truncatedTo(ChronoUnit.MILLIS))
                                                .octets(),
                                        key)
                                .compact();

        assertToldToWait(untilRefused(at(3), at(4), at(5)));

        assertThat(at(6).post("/probe/tasks", signed.get()).statusCode())
                .as("a stolen key has no more calls elsewhere")
                .isEqualTo(429);
        CLOCK.forward(Duration.ofSeconds(30));
        assertThat(at(6).post("/probe/tasks", signed.get()).statusCode()).isEqualTo(200);
        nodes.post(
                AUTHORITY,
                "admin",
                "/api/resolvers/" + resolver + "/removal",
                Map.of("reason", "Sample reason"));
        JsonNode described = nodes.get(AUTHORITY, "", "/openapi").body();
        assertThat(
                        described
                                .path("paths")
                                .path("/probe/tasks")
                                .at("/post/responses/429/headers/Retry-After")
                                .isMissingNode())
                .isFalse();
    }

    @Test
    void liftIsDoneOnlyWhenSubdomainsAreOpenAsWell() throws Exception {
        registerUnbound();
        Map<String, Object> lists = entry("Operator of knot", "knot", knot.address().getPort());
        lists.put("transport", "list");
        String knotId = measuring.register(lists);
        String id = blocks.send(form());
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> state(one).equals("in_force"));

        var inForce =
                Map.of(
                        "blocked",
                        List.of(
                                WILD.ascii(),
                                WWW + WILD,
                                INVENTED + WILD,
                                BARE.ascii(),
                                WWW + BARE,
                                EMPTY.ascii()),
                        "unclear",
                        new ArrayList<>(List.of(INVENTED + BARE, WWW + EMPTY, INVENTED + EMPTY)));
        // Knot says itself that it blocks, also what is nowhere.
        var byLists = Map.of("blocked", List.of(WILD.ascii(), INVENTED + WILD, INVENTED + EMPTY));
        JsonNode blocked =
                measuring.await(
                        id, one -> are(one, "unbound", inForce) && are(one, "knot", byLists));
        assertThat(each(blocked.path("cells"), "above"))
                .contains(WILD.ascii(), BARE.ascii(), EMPTY.ascii());
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        assertThat(officer.get("/access-blocks/" + id + "/measured").body())
                .contains(INVENTED + WILD, "for all below " + WILD);

        blocks.say("approver", id, "lift", Map.of("reason", "Sample reason."));
        blocks.await(id, one -> state(one).equals("lifting"));
        measuring.await(
                id,
                one ->
                        are(
                                one,
                                "unbound",
                                Map.of(
                                        "open",
                                        List.of(
                                                WILD.ascii(),
                                                INVENTED + WILD,
                                                WWW + BARE,
                                                INVENTED + EMPTY))));
        // An operator that took the name out of its list, and forgot what is below it.
        knot.stop();
        knot.start(list(BlockedName.exactly(new DomainName(WWW + WILD))), internet.address());
        var nowhere = Set.of("knot " + WWW + EMPTY, "knot " + INVENTED + EMPTY);
        JsonNode waiting =
                measuring.await(
                        id,
                        one ->
                                lagging(one).size() == 3
                                        && lagging(one).containsAll(nowhere)
                                        && lagging(one).contains("knot " + WWW + WILD));
        assertThat(stateOf(waiting, "knot", WILD.ascii())).isEqualTo("open");
        assertThat(state(blocks.here(id))).isEqualTo("lifting");

        knot.stop();
        knot.start(list(), internet.address());
        measuring.await(id, one -> lagging(one).equals(nowhere));
        TestNodes.Reply closed =
                nodes.post(
                        AUTHORITY,
                        "approver",
                        "/api/access-blocks/" + id + "/closures",
                        Map.of(
                                "resolver",
                                knotId,
                                "names",
                                List.of(WWW + EMPTY, INVENTED + EMPTY),
                                "reason",
                                "Nothing exists below it."));
        assertThat(closed.status()).as(closed.body().toString()).isEqualTo(204);

        JsonNode done = blocks.await(id, one -> state(one).equals("lifted_except_unreachable"));
        String measured =
                done.path("events")
                        .valueStream()
                        .map(one -> one.path("event").toString())
                        .filter(one -> one.contains("lift_measured"))
                        .collect(Collectors.joining());
        assertThat(measured)
                .contains(WILD.ascii(), BARE.ascii(), EMPTY.ascii())
                .doesNotContain(WWW, INVENTED);
    }

    private static void registerUnbound() throws Exception {
        if (!registered) {
            measuring.register("unbound", unbound.address().getPort());
            registered = true;
        }
    }

    private static Map<String, Object> same(String reference) {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        form.put("names", List.of(AccessBlocks.name(SAME, false)));
        form.put("reasons", List.of());
        return form;
    }

    @Test
    void nameThatAnotherOrderBlocksKeepsTheLiftWaitingAndNobodyLags() throws Exception {
        registerUnbound();
        String first = blocks.send(same("SAMA-1"));
        blocks.pass(Duration.ofHours(74));
        measuring.await(first, one -> stateOf(one, "unbound", SAME).equals("blocked"));
        Map<String, Object> again = same("SAMA-2");
        assertThat(blocks.draft(again).body().toString())
                .contains("is blocked already by the order SAMA-1");
        again.put("reasons", List.of(AccessBlocks.reason(SAME, "ordered_already")));
        String second = blocks.send(again);
        blocks.pass(Duration.ofHours(74));
        blocks.await(second, one -> state(one).equals("in_force"));
        measuring.await(second, one -> stateOf(one, "unbound", SAME).equals("blocked"));

        blocks.say("approver", first, "lift", Map.of("reason", "Sample reason."));
        blocks.await(first, one -> state(one).equals("lifting"));
        blocks.pass(Duration.ofMinutes(11));
        JsonNode waiting =
                measuring.await(
                        first,
                        one ->
                                one.at("/lifts/0/alsoOrdered/0").asString().equals(SAME)
                                        && stateOf(one, "unbound", SAME).equals("blocked"));
        assertThat(lagging(waiting)).as("no operator can help it").isEmpty();
        assertThat(waiting.path("reminders").isEmpty()).isTrue();
        assertThat(state(blocks.here(first))).isEqualTo("lifting");
        assertThat(
                        nodes.signedIn(AUTHORITY, Role.OFFICER)
                                .get("/access-blocks/" + first + "/measured")
                                .body())
                .contains("Another order still blocks these names");

        blocks.say("approver", second, "lift", Map.of("reason", "Sample reason."));
        blocks.await(second, one -> state(one).equals("lifted"));
        blocks.await(first, one -> state(one).equals("lifted"));
    }
}
