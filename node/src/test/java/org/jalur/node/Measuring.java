package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import tools.jackson.databind.JsonNode;

/** Resolvers that an authority's node measures, and what it says of them. */
final class Measuring {
    private final TestNodes nodes;
    private final String authority;

    Measuring(TestNodes nodes, String authority) {
        this.nodes = nodes;
        this.authority = authority;
    }

    /** With an order zone of short times, and with resolvers on loopback that are asked often. */
    static TestNodes set(
            TestNodes nodes, String authority, DomainName zone, InetSocketAddress control) {
        return nodes.with(authority, "jalur.dns.orders.origin", zone.ascii())
                .with(authority, "jalur.dns.orders.mailbox", "noc.authority.example")
                .with(authority, "jalur.dns.orders.canary", "canary.authority.example")
                .with(authority, "jalur.dns.orders.ttl", 2)
                .with(authority, "jalur.dns.orders.refresh", 5)
                .with(authority, "jalur.dns.orders.retry", 2)
                .with(authority, "jalur.measure.control", "127.0.0.1:" + control.getPort())
                .with(authority, "jalur.measure.internal[0]", "127.0.0.0/8")
                .with(authority, "jalur.measure.questions-per-second", 200)
                .with(authority, "jalur.measure.soon", "1s")
                .with(authority, "jalur.measure.change", "2h");
    }

    /** What is typed about a resolver on loopback. */
    static Map<String, Object> entry(String operator, String name, int port) {
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

    /**
     * @return its id
     */
    String register(String name, int port) throws Exception {
        return register(entry("Operator of " + name, name, port));
    }

    String register(Map<String, Object> entry) throws Exception {
        TestNodes.Reply reply = nodes.post(authority, "admin", "/api/resolvers", entry);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body().path("id").asString();
    }

    static String path(String block) {
        return "/api/access-blocks/" + block + "/measured";
    }

    JsonNode of(String block) throws Exception {
        return nodes.get(authority, "officer", path(block)).body();
    }

    JsonNode await(String block, Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        JsonNode measured = of(block);
        while (!wanted.test(measured) && System.nanoTime() < end) {
            Thread.sleep(200);
            measured = of(block);
        }
        assertThat(wanted.test(measured)).as(measured.toString()).isTrue();
        return measured;
    }

    /** A member of each. */
    static Set<String> each(JsonNode all, String member) {
        return all.valueStream()
                .map(one -> one.path(member).asString())
                .collect(Collectors.toSet());
    }

    /** How many names a resolver has in a state. */
    static long cells(JsonNode measured, String resolver, String state) {
        return measured.path("cells")
                .valueStream()
                .filter(one -> one.path("resolverName").asString().equals(resolver))
                .filter(one -> one.path("state").asString().equals(state))
                .count();
    }
}
