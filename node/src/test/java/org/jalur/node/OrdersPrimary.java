package org.jalur.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.PolicyZone;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneJournal;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.dns.AddressRange;
import org.jalur.dns.Limits;
import org.jalur.dns.Primary;
import org.jalur.dns.Secondary;
import org.jalur.dns.ServedZone;
import org.jalur.dns.resolvers.Setup;
import org.jalur.node.zones.OrderZone;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Serves what a node publishes by a clock that is right: a node whose clock a test puts forward
 * would sign transfers in the future (TSIG), and resolvers refuse that.
 */
final class OrdersPrimary implements AutoCloseable {
    private final JdbcClient database;
    private final ZoneSettings settings;
    private final Primary primary;
    private final Thread thread;
    private volatile boolean running = true;
    private Optional<Serial> served = Optional.empty();

    /**
     * @param signing resolvers that use the documented key, by where they want to be told
     * @param plain those that do not sign
     */
    OrdersPrimary(
            TestNodes nodes,
            String authority,
            List<InetSocketAddress> signing,
            List<InetSocketAddress> plain)
            throws IOException {
        database = nodes.bean(authority, JdbcClient.class);
        settings = nodes.bean(authority, OrderZone.class).settings().orElseThrow();
        primary =
                new Primary(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        List.of(
                                secondary("signing", signing, true),
                                secondary("plain", plain, false)),
                        Limits.usual(),
                        Clock.systemUTC());
        serve();
        thread = Thread.ofVirtual().start(this::run);
    }

    private Secondary secondary(String name, List<InetSocketAddress> notifyAt, boolean signs) {
        return new Secondary(
                name,
                List.of(AddressRange.of("127.0.0.1")),
                notifyAt,
                signs ? Optional.of(Setup.KEY) : Optional.empty(),
                Set.of(settings.origin()));
    }

    InetSocketAddress address() {
        return primary.address();
    }

    private void run() {
        while (running) {
            serve();
            try {
                Thread.sleep(100);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void serve() {
        var newest =
                new Serial(
                        database.sql("select serial from zones where name = 'orders'")
                                .query((row, _) -> row.getLong("serial"))
                                .single());
        if (served.equals(Optional.of(newest))) {
            return;
        }
        List<BlockedName> names =
                database.sql("select name from zone_names where zone = 'orders'")
                        .query((row, _) -> blocked(row.getString("name")))
                        .list();
        primary.serve(
                new ServedZone(
                        new PolicyZone(settings, newest, NameTable.of(names)),
                        ZoneJournal.startingAt(newest, 1_000)));
        served = Optional.of(newest);
    }

    private static BlockedName blocked(String name) {
        return name.startsWith("*.")
                ? BlockedName.withSubdomains(new DomainName(name.substring(2)))
                : BlockedName.exactly(new DomainName(name));
    }

    @Override
    public void close() throws IOException {
        running = false;
        thread.interrupt();
        primary.close();
    }
}
