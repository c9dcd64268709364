package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.state;
import static org.jalur.node.Eventually.within;
import static org.jalur.node.Measuring.cells;
import static org.jalur.node.Measuring.each;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.dns.resolvers.InventedNames;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resolvers that are down for an hour, while one block is lifted and another comes in force: by the
 * node's clock, and by the age of the files that they find again. The zone expires after half an
 * hour: for one BIND that is over, for the other not.
 */
class DownResolverTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    private static final DomainName LIFTED = new DomainName("t.me");
    private static final DomainName BLOCKED = new DomainName("video.platform.example");
    private static final Duration EXPIRE = Duration.ofMinutes(30);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static AccessBlocks blocks;
    private static Measuring measuring;
    private static OrdersPrimary primary;
    private static InventedNames internet;
    private static RunningResolver expired;
    private static RunningResolver fresh;
    private static RunningResolver unbound;

    @BeforeAll
    static void start() throws Exception {
        for (Software one : List.of(Software.BIND, Software.UNBOUND)) {
            Assumptions.assumeTrue(
                    "1".equals(System.getenv("JALUR_REQUIRE_ALL")) || one.program().isPresent(),
                    () -> one.debianPackage() + " is not installed");
        }
        internet = new InventedNames();
        expired = RunningResolver.at(Software.BIND, folder.resolve("expired"));
        fresh = RunningResolver.at(Software.BIND, folder.resolve("fresh"));
        unbound = RunningResolver.at(Software.UNBOUND, folder.resolve("unbound"));
        nodes =
                Measuring.set(
                        new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                                .at(CLOCK)
                                .with(AUTHORITY, "jalur.dns.orders.expire", EXPIRE.toSeconds()),
                        AUTHORITY,
                        ORDERS,
                        internet.address());
        nodes.startAll();
        primary =
                new OrdersPrimary(
                        nodes,
                        AUTHORITY,
                        List.of(expired.address(), fresh.address()),
                        List.of(unbound.address()));
        var setup = new Setup(primary.address(), List.of(ORDERS), internet.address());
        for (RunningResolver one : List.of(expired, fresh, unbound)) {
            one.start(setup);
        }
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        measuring = new Measuring(nodes, AUTHORITY);
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(
                        text -> ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false));
    }

    @AfterAll
    static void stop() throws Exception {
        for (RunningResolver one : List.of(expired, fresh, unbound)) {
            one.close();
        }
        primary.close();
        nodes.close();
        internet.close();
    }

    private static String order(String reference, DomainName name) throws Exception {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground.");
        form.put("names", List.of(AccessBlocks.name(name.ascii(), false)));
        if (!name.equals(LIFTED)) {
            form.put("reasons", List.of());
        } else {
            form.put(
                    "reasons",
                    List.of(
                            AccessBlocks.reason("t.me", "shared_name"),
                            AccessBlocks.reason("t.me", "registrable_domain"),
                            AccessBlocks.reason("t.me", "every_subdomain")));
        }
        return blocks.send(form);
    }

    private static boolean everywhere(JsonNode measured, String state) {
        return List.of("expired", "fresh", "unbound").stream()
                .allMatch(one -> cells(measured, one, state) == 1);
    }

    /** The file is as old as it would be. */
    private static void age(RunningResolver resolver, Duration age) throws Exception {
        Path zone = resolver.folder().resolve(ORDERS + ".db");
        assertThat(within(SOON, () -> Files.exists(zone))).isTrue();
        Files.setLastModifiedTime(zone, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void stateEndsRightAndIsShownRightMeanwhile() throws Exception {
        measuring.register("expired", expired.address().getPort());
        measuring.register("fresh", fresh.address().getPort());
        measuring.register("unbound", unbound.address().getPort());
        String lifted = order("MATI-1", LIFTED);
        blocks.pass(Duration.ofHours(74));
        blocks.await(lifted, one -> state(one).equals("in_force"));
        String blocked = order("MATI-2", BLOCKED);
        measuring.await(lifted, one -> everywhere(one, "blocked"));
        blocks.pass(Duration.ofMinutes(72 * 60 + 45));

        for (RunningResolver one : List.of(expired, fresh, unbound)) {
            one.stop();
        }
        blocks.say("approver", lifted, "lift", Map.of("reason", "Sample reason."));
        blocks.await(lifted, one -> state(one).equals("lifting"));
        blocks.pass(Duration.ofMinutes(30));
        blocks.await(blocked, one -> state(one).equals("in_force"));
        blocks.pass(Duration.ofMinutes(30));

        JsonNode waiting =
                measuring.await(
                        lifted,
                        one ->
                                everywhere(one, "silent")
                                        && each(one.at("/lifts/0/lagging"), "cause")
                                                .equals(Set.of("silent"))
                                        && each(one.path("reminders"), "name").size() == 3);
        assertThat(each(waiting.at("/lifts/0/lagging"), "resolverName"))
                .containsExactlyInAnyOrder("expired", "fresh", "unbound");
        assertThat(waiting.at("/lifts/0/lagging").toString())
                .contains("Sample contact of Operator of unbound", "noc@expired.example");
        assertThat(state(blocks.here(lifted))).isEqualTo("lifting");
        measuring.await(blocked, one -> everywhere(one, "silent"));

        age(expired, Duration.ofHours(1));
        age(fresh, Duration.ofMinutes(20));
        for (RunningResolver one : List.of(expired, fresh, unbound)) {
            one.start();
        }

        measuring.await(blocked, one -> everywhere(one, "blocked"));
        measuring.await(lifted, one -> everywhere(one, "open"));
        JsonNode done = blocks.await(lifted, one -> state(one).equals("lifted"));
        assertThat(done.toString()).contains("lift_measured");
        assertThat(state(blocks.here(blocked))).isEqualTo("in_force");
        assertThat(measuring.of(lifted).at("/lifts").isEmpty()).isTrue();
        assertThat(expired.log()).contains("response-policy zone expired");
        assertThat(fresh.log()).doesNotContain("response-policy zone expired");
        for (RunningResolver one : List.of(expired, fresh, unbound)) {
            assertThat(one.opens(LIFTED)).as(one.folder().toString()).isTrue();
            assertThat(one.blocks(BLOCKED)).as(one.folder().toString()).isTrue();
        }
    }
}
