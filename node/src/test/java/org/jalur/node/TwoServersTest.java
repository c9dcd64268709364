package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;
import static org.jalur.node.Eventually.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two processes of an authority's node on one database: both serve the zone, and either may die.
 */
class TwoServersTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    private static final DomainName ONE = new DomainName("one.platform.example");
    private static final DomainName TWO = new DomainName("two.platform.example");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private static Path folder;
    private static Path time;
    private static MovedClock clock;
    private static TestNodes nodes;
    private static NodeProcesses processes;
    private static AccessBlocks blocks;
    private static InventedNames internet;
    private static RunningResolver unbound;
    private static int dns;
    private static int otherDns;
    private static int otherPort;
    private static Process other;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                "1".equals(System.getenv("JALUR_REQUIRE_ALL"))
                        || Software.UNBOUND.program().isPresent(),
                "unbound is not installed");
        time = folder.resolve("clock");
        clock = new MovedClock(time);
        internet = new InventedNames();
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"));
        dns = FreePort.find();
        otherDns = FreePort.find();
        otherPort = FreePort.find();
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(clock)
                        .with(AUTHORITY, "jalur.dns.address", "127.0.0.1")
                        .with(AUTHORITY, "jalur.dns.port", dns)
                        .with(AUTHORITY, "jalur.dns.orders.origin", ORDERS.ascii())
                        .with(AUTHORITY, "jalur.dns.orders.mailbox", "noc.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.canary", "canary.authority.example")
                        .with(AUTHORITY, "jalur.dns.orders.ttl", 2)
                        .with(AUTHORITY, "jalur.dns.secondaries[0].name", "unbound")
                        .with(AUTHORITY, "jalur.dns.secondaries[0].addresses[0]", "127.0.0.1")
                        .with(
                                AUTHORITY,
                                "jalur.dns.secondaries[0].notify-at[0]",
                                "127.0.0.1:" + unbound.address().getPort());
        nodes.startAll();
        processes = new NodeProcesses(nodes);
        other = startOther();
        unbound.start(
                new Setup(
                        List.of(loopback(dns), loopback(otherDns)),
                        List.of(ORDERS),
                        internet.address()));
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, clock);
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(
                        text -> ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false));
    }

    @AfterAll
    static void stop() throws Exception {
        other.destroyForcibly().waitFor();
        unbound.close();
        nodes.close();
        internet.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static Process startOther() throws Exception {
        NodeProcesses.Started started =
                processes.startMoved(
                        AUTHORITY,
                        time,
                        Map.of("server.port", otherPort, "jalur.dns.port", otherDns));
        assertThat(
                        within(
                                Duration.ofMinutes(2),
                                () ->
                                        !started.process().isAlive()
                                                || call("GET", "/actuator/health/readiness", "")
                                                        == 200))
                .isTrue();
        assertThat(started.process().isAlive()).as(Files.readString(started.log())).isTrue();
        return started.process();
    }

    /** The status that the other process gives, as the approver; 0 while it does not answer. */
    private static int call(String method, String path, String body) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + otherPort + path))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Authorization", "Bearer jalur_test_approver")
                                    .header("Content-Type", "application/json")
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String order(String reference, DomainName name) throws Exception {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        form.put("names", List.of(AccessBlocks.name(name.ascii(), false)));
        form.put("reasons", List.of());
        String id = blocks.send(form);
        blocks.pass(Duration.ofHours(74));
        blocks.await(id, one -> state(one).equals("in_force"));
        return id;
    }

    /** The version that a process serves. */
    private static Optional<Long> serial(int port) {
        try {
            var resolver = new SimpleResolver(loopback(port));
            resolver.setTimeout(Duration.ofSeconds(2));
            Message answer =
                    resolver.send(
                            Message.newQuery(
                                    Record.newRecord(
                                            Name.fromConstantString(ORDERS + "."),
                                            Type.SOA,
                                            DClass.IN)));
            return answer.getSection(Section.ANSWER).stream()
                    .filter(SOARecord.class::isInstance)
                    .map(one -> ((SOARecord) one).getSerial())
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Every version that is seen at a place, one after the other. */
    private static final class Watch implements AutoCloseable {
        private final Map<String, List<Long>> seen = Collections.synchronizedMap(new HashMap<>());
        private final Thread thread = Thread.ofVirtual().start(this::run);

        private void run() {
            while (!Thread.currentThread().isInterrupted()) {
                serial(dns).ifPresent(one -> see("here", one));
                serial(otherDns).ifPresent(one -> see("other", one));
                unbound.text(new DomainName("serial.canary.authority.example"))
                        .filter(text -> text.matches("[0-9]+"))
                        .ifPresent(text -> see("resolver", Long.parseLong(text)));
                try {
                    Thread.sleep(50);
                } catch (InterruptedException _) {
                    return;
                }
            }
        }

        private void see(String place, long serial) {
            seen.computeIfAbsent(place, _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(serial);
        }

        private void assertNothingWentBack() {
            assertThat(seen).containsOnlyKeys("here", "other", "resolver");
            seen.forEach((place, serials) -> {
                assertThat(List.copyOf(serials)).as(place).isSorted();
                assertThat(serials.getLast()).as(place).isGreaterThan(serials.getFirst());
            });
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private static void awaitOneVersion() throws Exception {
        assertThat(
                        within(
                                SOON,
                                () ->
                                        serial(dns).isPresent()
                                                && serial(dns).equals(serial(otherDns))))
                .as("both serve the same version")
                .isTrue();
    }

    private static void assertToldOnce(String reference) throws Exception {
        JsonNode there =
                nodes.get(PLATFORM, "reviewer", "/api/access-blocks/" + blocks.there(reference))
                        .body();
        assertThat(
                        there.path("events")
                                .valueStream()
                                .filter(one -> one.toString().contains("block_published"))
                                .count())
                .as(there.toString())
                .isEqualTo(1);
    }

    @Test
    void blocksReachResolversWhicheverProcessDies() throws Exception {
        try (var watch = new Watch()) {
            String first = order("DUA-1", ONE);
            assertThat(within(SOON, () -> unbound.blocks(ONE))).isTrue();
            awaitOneVersion();

            other.destroyForcibly().waitFor();
            order("DUA-2", TWO);

            assertThat(within(SOON, () -> unbound.blocks(TWO))).isTrue();
            assertThat(unbound.blocks(ONE)).isTrue();
            assertToldOnce("DUA-1");
            assertToldOnce("DUA-2");
            String heard =
                    """
                    select has = serial and told = serial and acknowledged_at is not null from zone_secondaries
                    join zones on name = zone where zone = 'orders' and secondary = 'unbound'
                    """;
            JdbcClient database = nodes.bean(AUTHORITY, JdbcClient.class);
            assertThat(
                            within(
                                    SOON,
                                    () ->
                                            database.sql(heard)
                                                    .query(Boolean.class)
                                                    .optional()
                                                    .orElse(false)))
                    .as("how far the resolver is")
                    .isTrue();

            other = startOther();
            awaitOneVersion();
            assertThat(
                            within(
                                    SOON,
                                    () ->
                                            database.sql(heard)
                                                    .query(Boolean.class)
                                                    .optional()
                                                    .orElse(false)))
                    .as("the other process knows less of it, and takes nothing back")
                    .isTrue();
            nodes.stop(AUTHORITY);

            assertThat(
                            call(
                                    "POST",
                                    "/api/access-blocks/" + first + "/lift",
                                    "{\"reason\":\"Sample reason.\"}"))
                    .isEqualTo(200);
            assertThat(within(SOON, () -> unbound.opens(ONE))).isTrue();
            assertThat(unbound.blocks(TWO)).isTrue();
            watch.assertNothingWentBack();
        }
        nodes.start(AUTHORITY);
    }

    @Test
    void portThatAnotherProcessHasIsNamedAndTheOtherGoesOn() throws Exception {
        NodeProcesses.Started second =
                processes.startMoved(
                        AUTHORITY,
                        time,
                        Map.of("server.port", FreePort.find(), "jalur.dns.port", dns));

        assertThat(second.process().waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(second.process().exitValue()).isNotZero();
        assertThat(Files.readString(second.log()))
                .contains("jalur.dns.address 127.0.0.1, port " + dns + ", cannot be used");
        assertThat(serial(dns)).isPresent();
    }
}
