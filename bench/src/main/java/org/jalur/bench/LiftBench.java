package org.jalur.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jalur.bench.PolicyZones.Round;
import org.jalur.dns.resolvers.InventedNames;
import org.xbill.DNS.Name;
import org.xbill.DNS.ZoneTransferIn;

/**
 * From the transaction that publishes to eleven names blocked, and to all of them open again, at a
 * real BIND and a real Unbound; and a thousand transfers in turn.
 */
public final class LiftBench {
    private static final int ROUNDS = 100;
    private static final int CLIENTS = 1_000;

    private LiftBench() {}

    /**
     * @param arguments the demo's first port; the folder of its data
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path data = Path.of(arguments[1]);
        var primary = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port + 4);
        try (Connection database = Millions.open(data, "authority");
                var internet = new InventedNames();
                var resolvers =
                        TwoResolvers.start(
                                port, data, primary, List.of(PolicyZones.ORDERS), internet)) {
            var zones = new PolicyZones(database);
            resolvers.awaitBlocked(PolicyZones.CANARY);
            new Round(zones, resolvers).run(3);
            new Round(zones, resolvers).run(ROUNDS).print();
        }
        clients(primary);
    }

    private static void clients(InetSocketAddress primary) throws Exception {
        Name zone = Name.fromConstantString(PolicyZones.ORDERS + ".");
        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            ZoneTransferIn transfer =
                    i % 2 == 0
                            ? ZoneTransferIn.newAXFR(zone, primary, null)
                            : ZoneTransferIn.newIXFR(zone, 1, true, primary, null);
            transfer.run();
        }
        System.out.printf(
                "%,d transfers in turn: %,d ms%n",
                CLIENTS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
