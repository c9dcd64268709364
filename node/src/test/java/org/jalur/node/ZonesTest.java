package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.log.SecretFile;
import org.jalur.node.accounts.Role;
import org.jalur.node.zones.OrderZone;
import org.jalur.node.zones.Published;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;
import tools.jackson.databind.JsonNode;

/** What is in force reaches whoever may have it: transfers, files, and the page about both. */
class ZonesTest {
    private static final String AUTHORITY = "otoritas-zona";
    private static final String PLATFORM = "platform-zona";
    private static final String ORDERS = "orders.rpz.authority.example";
    private static final String LIST = "list.rpz.authority.example";
    private static final String CANARY = "canary.authority.example";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static InetSocketAddress dns;
    private static RunningResolver bind;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        bind = RunningResolver.at(Software.BIND, folder.resolve("bind"));
        dns = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePort.find());
        Path key = folder.resolve("resolver.key");
        SecretFile.write(
                key,
                "hmac-sha256 resolver.operator.example VGhpcyBrZXkgaXMgYW4gZXhhbXBsZSBvbmx5ISEhISE=\n");
        nodes.with(AUTHORITY, "jalur.dns.address", "127.0.0.1")
                .with(AUTHORITY, "jalur.dns.port", dns.getPort())
                .with(AUTHORITY, "jalur.dns.orders.origin", ORDERS)
                .with(AUTHORITY, "jalur.dns.orders.mailbox", "noc.authority.example")
                .with(AUTHORITY, "jalur.dns.orders.canary", CANARY)
                .with(AUTHORITY, "jalur.dns.list.origin", LIST)
                .with(AUTHORITY, "jalur.dns.list.mailbox", "noc.authority.example")
                .with(AUTHORITY, "jalur.dns.list.canary", "list." + CANARY)
                .with(AUTHORITY, "jalur.dns.list-change", 10)
                .with(AUTHORITY, "jalur.dns.protected-names[0]", "api.example")
                .with(AUTHORITY, "jalur.dns.secondaries[0].name", "sample-resolver")
                .with(AUTHORITY, "jalur.dns.secondaries[0].addresses[0]", "127.0.0.1")
                .with(AUTHORITY, "jalur.dns.secondaries[1].name", "sample-bind")
                .with(AUTHORITY, "jalur.dns.secondaries[1].operator", "sample-operator")
                .with(AUTHORITY, "jalur.dns.secondaries[1].addresses[0]", "127.0.0.0/8")
                .with(AUTHORITY, "jalur.dns.secondaries[1].key-file", key.toString())
                .with(
                        AUTHORITY,
                        "jalur.dns.secondaries[1].notify-at[0]",
                        "127.0.0.1:" + bind.address().getPort())
                .with(AUTHORITY, "jalur.dns.secondaries[1].zones[0]", "orders");
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        bind.close();
        nodes.close();
    }

    private static boolean soon(BooleanSupplier done) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    private static ExportedOrder order(String reference, String... names) {
        return new ExportedOrder(
                reference,
                Instant.now().plus(Duration.ofDays(3)),
                List.of(names).stream()
                        .map(name -> BlockedName.exactly(new DomainName(name)))
                        .toList());
    }

    private static Published publish(ExportedOrder... orders) {
        return Objects.requireNonNull(
                nodes.bean(AUTHORITY, TransactionTemplate.class)
                        .execute(_ ->
                                nodes.bean(AUTHORITY, OrderZone.class).publish(List.of(orders))));
    }

    private static List<String> transferred(String zone) {
        try {
            var transfer = ZoneTransferIn.newAXFR(Name.fromConstantString(zone + "."), dns, null);
            transfer.run();
            List<String> names = new ArrayList<>();
            for (Record record : transfer.getAXFR()) {
                if (record.getType() == Type.CNAME) {
                    names.add(record.getName().toString(true).replace("." + zone, ""));
                }
            }
            return names;
        } catch (Exception _) {
            return List.of();
        }
    }

    private static boolean serves(String... names) {
        List<String> wanted = new ArrayList<>(List.of(CANARY));
        wanted.addAll(List.of(names));
        return transferred(ORDERS).equals(wanted);
    }

    @Test
    void whatIsPublishedIsServedAndWhatIsNotIsLifted() {
        publish(order("S-1", "a.example", "b.example"), order("S-2", "c.example"));
        assertThat(soon(() -> serves("a.example", "b.example", "c.example"))).isTrue();

        publish(order("S-2", "c.example"));
        assertThat(soon(() -> serves("c.example"))).isTrue();

        publish();
        assertThat(soon(() -> serves())).isTrue();
    }

    @Test
    void whatTheZoneHasAlreadyMakesNoVersion() {
        Published first = publish(order("S-1", "same.example"));

        Published again = publish(order("S-1", "same.example"), order("S-2", "same.example"));

        assertThat(again).isEqualTo(first);
        assertThat(nodes.bean(AUTHORITY, OrderZone.class).newest()).isEqualTo(first);
    }

    @Test
    void whatIsRolledBackWasNeverPublished() {
        Published before = publish(order("S-1", "kept.example"));

        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(status -> {
                    nodes.bean(AUTHORITY, OrderZone.class)
                            .publish(List.of(order("S-9", "never.example")));
                    status.setRollbackOnly();
                });

        assertThat(nodes.bean(AUTHORITY, OrderZone.class).newest()).isEqualTo(before);
        assertThat(soon(() -> serves("kept.example"))).isTrue();
    }

    @Test
    void publishingNeedsTheCallersTransaction() {
        assertThatThrownBy(() -> nodes.bean(AUTHORITY, OrderZone.class).publish(List.of()))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void zonesOwnNamesAndNamesWithoutRoomAreRefused() {
        String room = "a".repeat(60);
        String tooLong = room + "." + room + "." + room + "." + room.substring(5) + ".example";

        assertThatThrownBy(() -> publish(order("S-1", CANARY)))
                .isInstanceOf(InvalidAccessException.class);
        assertThatThrownBy(() -> publish(order("S-1", tooLong)))
                .isInstanceOf(InvalidAccessException.class);
    }

    @Test
    void versionIsAfterAllEarlierOnesAlsoWithADatabaseFromABackup() throws Exception {
        long before = publish(order("S-1", "x" + System.nanoTime() + ".example")).serial().value();
        assertThat(soon(() -> servedSerial() >= before)).isTrue();
        long last = servedSerial();
        nodes.stop(AUTHORITY);
        nodes.start(AUTHORITY);
        assertThat(soon(() -> servedSerial() > last)).isTrue();
        long restarted = servedSerial();

        JdbcClient jdbc = nodes.bean(AUTHORITY, JdbcClient.class);
        nodes.stop(AUTHORITY);
        try (var connection =
                java.sql.DriverManager.getConnection(
                        String.valueOf(nodes.settings(AUTHORITY).get("jalur.database.url")),
                        nodes.postgres().username(),
                        nodes.postgres().password())) {
            // A backup of yesterday knows nothing of today's versions.
            JdbcClient.create(
                            new org.springframework.jdbc.datasource.SingleConnectionDataSource(
                                    connection, true))
                    .sql("update zones set serial = serial - 86400 where name = 'orders'")
                    .update();
        }
        nodes.start(AUTHORITY);

        assertThat(jdbc).isNotNull();
        assertThat(soon(() -> servedSerial() > restarted)).isTrue();
    }

    private static long servedSerial() {
        try {
            var transfer = ZoneTransferIn.newAXFR(Name.fromConstantString(ORDERS + "."), dns, null);
            transfer.run();
            return ((org.xbill.DNS.SOARecord) transfer.getAXFR().getFirst()).getSerial();
        } catch (Exception _) {
            return -1;
        }
    }

    @Test
    void realResolverBlocksAndLiftsAndThePageShowsIt() throws Exception {
        boolean required = "1".equals(System.getenv("JALUR_REQUIRE_ALL"));
        Assumptions.assumeTrue(required || Software.BIND.program().isPresent());
        var name = new DomainName("blocked-at-bind.example");
        try (var internet = new InventedNames()) {
            bind.start(new Setup(dns, List.of(new DomainName(ORDERS)), internet.address()));
            assertThat(soon(() -> bind.blocks(new DomainName(CANARY)))).isTrue();

            publish(order("S-1", name.ascii()));
            assertThat(soon(() -> bind.blocks(name))).isTrue();
            JsonNode zone =
                    nodes.await(
                            AUTHORITY,
                            "officer",
                            "/api/zones",
                            zones ->
                                    zones.at("/zones/0/secondaries/1/standing")
                                                    .asString()
                                                    .equals("follows")
                                            && zones.at("/zones/0/secondaries/1")
                                                    .has("acknowledgedAt"));
            assertThat(zone.at("/zones/0/secondaries/1/operator").asString())
                    .isEqualTo("sample-operator");
            String page = nodes.signedIn(AUTHORITY, Role.OFFICER).get("/zones").body();
            assertThat(page).contains("sample-bind", "acknowledged version", ORDERS);

            publish();
            assertThat(soon(() -> bind.opens(name))).isTrue();
        } finally {
            bind.stop();
        }
    }

    @Test
    void resolverThatIsBehindIsNamedWithItsLag() throws Exception {
        publish(order("S-1", "behind-1.example"));
        assertThat(soon(() -> serves("behind-1.example"))).isTrue();

        publish(order("S-1", "behind-2.example"));

        JsonNode zones =
                nodes.await(
                        AUTHORITY,
                        "auditor",
                        "/api/zones",
                        answer ->
                                answer.at("/zones/0/secondaries/0/standing")
                                        .asString()
                                        .equals("lags"));
        assertThat(zones.at("/zones/0/secondaries/0").has("behindSince")).isTrue();
        String csv = nodes.signedIn(AUTHORITY, Role.AUDITOR).get("/zones/file").body();
        assertThat(csv).contains("sample-resolver").contains("lags");
    }

    @Test
    void filesForWhoCannotTransferSayWhenTheyEnd() throws Exception {
        ExportedOrder order = order("SAMPLE-7", "in-a-file.example");
        publish(order);

        for (String file :
                List.of(
                        "names.txt",
                        "orders.zone",
                        "bind-zone.conf",
                        "bind-options.conf",
                        "unbound.conf",
                        "recursor.lua",
                        "kresd.conf")) {
            assertThat(nodes.text(AUTHORITY, "resolver", "/api/zones/orders/exports/" + file))
                    .as(file)
                    .contains("fetch it anew before");
        }
        String end = order.endsAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        assertThat(nodes.text(AUTHORITY, "resolver", "/api/zones/orders/exports/names.txt"))
                .contains("order SAMPLE-7, ends " + end)
                .contains("\nin-a-file.example\n");
        assertThat(
                        nodes.text(
                                AUTHORITY,
                                "resolver",
                                "/api/zones/orders/exports/unbound.conf?path=/etc/unbound/x.zone"))
                .contains("\"/etc/unbound/x.zone\"");
    }

    @Test
    void fileThatIsNoneAndPathThatIsNoneAreRefused() throws Exception {
        assertThat(nodes.get(AUTHORITY, "resolver", "/api/zones/orders/exports/x.conf").status())
                .isEqualTo(404);
        assertThat(
                        nodes.get(
                                        AUTHORITY,
                                        "resolver",
                                        "/api/zones/orders/exports/unbound.conf?path=a%22;b")
                                .status())
                .isEqualTo(422);
        assertThat(nodes.get(AUTHORITY, "resolver", "/api/zones").status()).isEqualTo(403);
    }

    private static long begin(String names) throws Exception {
        TestNodes.Reply reply =
                nodes.post(
                        AUTHORITY,
                        "officer",
                        "/api/zones/list/imports?issuer=Sample%20ministry&ground=Sample%20act&objection=objections@authority.example&reviewAt=2099-01-01T00:00:00Z",
                        names);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
        return reply.body().path("id").asLong();
    }

    private static JsonNode awaitState(long id, String state) throws Exception {
        return nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/zones/list/imports/" + id,
                        answer -> answer.at("/progress/state").asString().equals(state))
                .path("progress");
    }

    private static int decide(long id, String role, String what) throws Exception {
        return nodes.callRaw(
                AUTHORITY, role, "POST", "/api/zones/list/imports/" + id + "/" + what, "");
    }

    @Test
    void listIsImportedUnderItsOrderAndALargeChangeWaitsForASecondPerson() throws Exception {
        var large = new StringBuilder("# a sample list\n*.below.example\n");
        for (int i = 0; i < 30; i++) {
            large.append("listed-").append(i).append(".example\r\n");
        }
        long first = begin(large + "https://no-name.example/path\n" + "bad..name\n");

        JsonNode waiting = awaitState(first, "waiting");
        assertThat(waiting.path("names").asLong()).isEqualTo(31);
        assertThat(waiting.path("added").asLong()).isEqualTo(31);
        assertThat(waiting.path("wrong").asLong()).isEqualTo(2);
        JsonNode errors =
                nodes.get(AUTHORITY, "officer", "/api/zones/list/imports/" + first)
                        .body()
                        .path("errors");
        assertThat(errors.get(0).path("line").asLong()).isEqualTo(33);
        assertThat(errors.get(0).path("rule").asString()).contains("give the host name alone");
        assertThat(decide(first, "officer", "approval")).isEqualTo(403);
        assertThat(transferred(LIST)).doesNotContain("listed-0.example");

        assertThat(decide(first, "approver", "approval")).isEqualTo(202);
        awaitState(first, "published");
        assertThat(soon(() -> transferred(LIST).contains("listed-29.example"))).isTrue();
        assertThat(transferred(LIST)).contains("below.example", "*.below.example");
        assertThat(decide(first, "approver", "approval")).isEqualTo(409);

        long small = begin(large.toString().replace("listed-3.example\r\n", "new.example\n"));
        JsonNode published = awaitState(small, "published");
        assertThat(published.path("added").asLong()).isEqualTo(1);
        assertThat(published.path("removed").asLong()).isEqualTo(1);
        assertThat(
                        soon(() ->
                                transferred(LIST).contains("new.example")
                                        && !transferred(LIST).contains("listed-3.example")))
                .isTrue();

        long guarded = begin(large + "api.example\n");
        JsonNode held = awaitState(guarded, "waiting");
        assertThat(held.path("protectedNames").get(0).asString()).isEqualTo("api.example");
        long overtaking = begin(large + "another.example\n");
        awaitState(overtaking, "published");
        assertThat(decide(guarded, "approver", "approval")).isEqualTo(202);
        awaitState(guarded, "overtaken");

        long discarded = begin(large + "api.example\n");
        awaitState(discarded, "waiting");
        assertThat(decide(discarded, "approver", "refusal")).isEqualTo(204);
        awaitState(discarded, "refused");
        assertThat(transferred(LIST)).doesNotContain("api.example");

        String page = nodes.signedIn(AUTHORITY, Role.AUDITOR).get("/zones/list").body();
        assertThat(page).contains("Sample ministry", "Sample act", "overtaken");
        String one =
                nodes.signedIn(AUTHORITY, Role.OFFICER).get("/zones/list/imports/" + first).body();
        assertThat(one).contains("no-name.example", "give the host name alone");
    }

    @Test
    void listWithoutAnOrderIsRefused() throws Exception {
        for (String order :
                List.of(
                        "",
                        "?issuer=X&ground=Y&objection=Z",
                        "?issuer=X&ground=Y&objection=Z&reviewAt=2000-01-01T00:00:00Z",
                        "?issuer=%20&ground=Y&objection=Z&reviewAt=2099-01-01T00:00:00Z")) {
            assertThat(
                            nodes.post(
                                            AUTHORITY,
                                            "officer",
                                            "/api/zones/list/imports" + order,
                                            "a.example\n")
                                    .status())
                    .as(order)
                    .isEqualTo(422);
        }
    }
}
