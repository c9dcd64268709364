package org.jalur.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.NameTableBuilder;
import org.jalur.bench.PolicyZones.Round;
import org.jalur.dns.resolvers.InventedNames;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of two million names as a zone of its own: its import, what it takes in memory, one change
 * at a real BIND and a real Unbound, and the small zone meanwhile.
 */
public final class ZoneBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NAMES = 2_000_000;
    private static final int ROUNDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode demo;

    private ZoneBench(JsonNode demo) {
        this.demo = demo;
    }

    /**
     * @param arguments the demo's first port; the folder of its data; if wanted, how many names
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path data = Path.of(arguments[1]);
        int names = arguments.length > 2 ? Integer.parseInt(arguments[2]) : NAMES;
        var bench = new ZoneBench(JSON.readTree(data.resolve("demo.json")));
        Path file = data.resolve("names.txt");
        write(file, names);
        memory(names);
        var primary = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port + 4);
        try (Connection database = Millions.open(data, "authority");
                var internet = new InventedNames()) {
            var zones = new PolicyZones(database);
            bench.imported(file, primary, zones, port, data, internet);
            bench.changed(primary, zones, port, data, internet);
        }
    }

    private static String name(int i) {
        return "listed-%d.site-%d.example".formatted(i, i % 40_000);
    }

    private static void write(Path file, int names) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < names; i++) {
                out.write(name(i));
                out.write('\n');
            }
        }
        System.out.printf("%,d names, %,d octets%n", names, Files.size(file));
    }

    private static void memory(int names) {
        var builder = new NameTableBuilder();
        for (int i = 0; i < names; i++) {
            builder.add(BlockedName.exactly(new DomainName(name(i))));
        }
        NameTable table = builder.build();
        System.out.printf("memory: %.1f octets a name%n", (double) table.bytes() / table.size());
    }

    private void imported(
            Path file,
            InetSocketAddress primary,
            PolicyZones zones,
            int port,
            Path data,
            InventedNames internet)
            throws Exception {
        try (var resolvers =
                TwoResolvers.start(port, data, primary, List.of(PolicyZones.ORDERS), internet)) {
            resolvers.awaitBlocked(PolicyZones.CANARY);
            new Round(zones, resolvers).run(3);
            long start = System.nanoTime();
            long id = begin(file);
            Thread rounds = Thread.ofPlatform().start(() -> meanwhile(zones, resolvers));
            await(id, Set.of("waiting"));
            System.out.printf("import: read and compared after %,d ms%n", since(start));
            long approved = System.nanoTime();
            send("approver", "/api/zones/list/imports/" + id + "/approval", Path.of(""));
            long serial = await(id, Set.of("published")).path("serial").asLong();
            System.out.printf("import: published %,d ms after the approval%n", since(approved));
            awaitServed(primary, serial);
            System.out.printf(
                    "import: served %,d ms after the approval; all together %,d ms%n",
                    since(approved), since(start));
            rounds.join();
        }
    }

    private static void meanwhile(PolicyZones zones, TwoResolvers resolvers) {
        try {
            System.out.println("the small zone while the list is imported:");
            new Round(zones, resolvers).run(ROUNDS).print();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void changed(
            InetSocketAddress primary,
            PolicyZones zones,
            int port,
            Path data,
            InventedNames internet)
            throws Exception {
        long start = System.nanoTime();
        try (var resolvers =
                TwoResolvers.start(
                        port,
                        data,
                        primary,
                        List.of(PolicyZones.ORDERS, PolicyZones.LIST),
                        internet)) {
            resolvers.awaitBlocked(new DomainName(name(17)));
            System.out.printf("both resolvers have the list after %,d ms%n", since(start));
            for (int i = 1; i <= 5; i++) {
                var one = List.of(new DomainName("new-%d.example".formatted(i)));
                long change = System.nanoTime();
                zones.publish("list", List.of(), one);
                resolvers.awaitBlocked(one);
                System.out.printf(
                        "one change of the list is visible at both after %,d ms%n", since(change));
            }
            System.out.println("the small zone beside the list:");
            new Round(zones, resolvers).run(ROUNDS).print();
        }
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private long begin(Path file) throws Exception {
        return send(
                        "officer",
                        "/api/zones/list/imports?issuer=Sample&ground=Sample&objection=Sample&reviewAt=2099-01-01T00:00:00Z",
                        file)
                .path("id")
                .asLong();
    }

    private JsonNode send(String role, String path, Path body) throws Exception {
        HttpResponse<byte[]> answer =
                http.send(
                        request(role, path)
                                .POST(
                                        Files.isRegularFile(body)
                                                ? HttpRequest.BodyPublishers.ofFile(body)
                                                : HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String role, String path) {
        return HttpRequest.newBuilder(URI.create(demo.at("/authority/url").asString() + path))
                .header(
                        "Authorization",
                        "Bearer " + demo.at("/authority/tokens/" + role).asString())
                .header("Content-Type", "application/octet-stream");
    }

    private JsonNode await(long id, Set<String> states) throws Exception {
        while (true) {
            JsonNode progress =
                    JSON.readTree(
                                    http.send(
                                                    request(
                                                                    "officer",
                                                                    "/api/zones/list/imports/" + id)
                                                            .build(),
                                                    HttpResponse.BodyHandlers.ofByteArray())
                                            .body())
                            .path("progress");
            if (states.contains(progress.path("state").asString())) {
                return progress;
            }
            if (progress.path("state").asString().equals("failed")) {
                throw new IllegalStateException("the import has failed");
            }
            Thread.sleep(50);
        }
    }

    private static void awaitServed(InetSocketAddress primary, long serial) throws Exception {
        var resolver = new SimpleResolver(primary);
        var query =
                org.xbill.DNS.Message.newQuery(
                        org.xbill.DNS.Record.newRecord(
                                Name.fromConstantString(PolicyZones.LIST + "."),
                                Type.SOA,
                                org.xbill.DNS.DClass.IN));
        while (true) {
            boolean there =
                    resolver.send(query).getSection(org.xbill.DNS.Section.ANSWER).stream()
                            .filter(SOARecord.class::isInstance)
                            .anyMatch(record -> ((SOARecord) record).getSerial() >= serial);
            if (there) {
                return;
            }
            Thread.sleep(20);
        }
    }
}
