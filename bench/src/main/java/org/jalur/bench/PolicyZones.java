package org.jalur.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jalur.access.DomainName;
import org.jalur.access.story.Story;

/** Publishes versions in the demo's database, in one transaction, as the node does. */
final class PolicyZones {
    static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    static final DomainName LIST = new DomainName("list.rpz.authority.example");
    static final DomainName CANARY = new DomainName("canary.authority.example");
    static final DomainName LIST_CANARY = new DomainName("list.canary.authority.example");

    private final Connection database;

    PolicyZones(Connection database) {
        this.database = database;
    }

    /** The next version of a zone, without some names and with others. */
    void publish(String zone, List<DomainName> removed, List<DomainName> added)
            throws SQLException {
        database.setAutoCommit(false);
        try (PreparedStatement statement =
                database.prepareStatement(
                        """
                        with before as (select serial from zones where name = ? for update),
                        next as (select greatest(serial + 1, extract(epoch from now())::bigint) serial from before),
                        gone as (delete from zone_names where zone = ? and name = any(?)),
                        come as (insert into zone_names select ?, unnest(?) on conflict do nothing),
                        change as (insert into zone_changes select ?, next.serial, before.serial, clock_timestamp(),
                            false, ?, ? from before, next),
                        changed as (update zones set serial = next.serial, published_at = clock_timestamp()
                            from next where name = ?)
                        select pg_notify('jalur_zones', ?)
                        """)) {
            Array gone = texts(removed);
            Array come = texts(added);
            statement.setString(1, zone);
            statement.setString(2, zone);
            statement.setArray(3, gone);
            statement.setString(4, zone);
            statement.setArray(5, come);
            statement.setString(6, zone);
            statement.setArray(7, gone);
            statement.setArray(8, come);
            statement.setString(9, zone);
            statement.setString(10, zone);
            statement.execute();
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
    }

    private Array texts(List<DomainName> names) throws SQLException {
        return database.createArrayOf(
                "text", names.stream().map(DomainName::ascii).toArray(String[]::new));
    }

    /** Blocks and lifts eleven names again and again. */
    static final class Round {
        private static final long PAUSE_MILLIS = 600;

        private final PolicyZones zones;
        private final TwoResolvers resolvers;
        private long[] blocks = new long[0];
        private long[] lifts = new long[0];

        Round(PolicyZones zones, TwoResolvers resolvers) {
            this.zones = zones;
            this.resolvers = resolvers;
        }

        Round run(int rounds) throws SQLException {
            blocks = new long[rounds];
            lifts = new long[rounds];
            List<DomainName> names = Story.blocked();
            for (int i = 0; i < rounds; i++) {
                long start = System.nanoTime();
                zones.publish("orders", List.of(), names);
                resolvers.awaitBlocked(names);
                blocks[i] = System.nanoTime() - start;
                pause();
                start = System.nanoTime();
                zones.publish("orders", names, List.of());
                resolvers.awaitOpen(names);
                lifts[i] = System.nanoTime() - start;
                pause();
            }
            return this;
        }

        /** BIND takes changes of a zone at most twice a second; nobody clicks more often. */
        private static void pause() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }

        void print() {
            print("block to all eleven blocked at BIND and Unbound", blocks);
            print("lift to all eleven open at BIND and Unbound", lifts);
        }

        private static void print(String what, long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            System.out.printf(
                    "%s: median %d ms, worst of %d %d ms%n",
                    what,
                    TimeUnit.NANOSECONDS.toMillis(sorted[sorted.length / 2]),
                    sorted.length,
                    TimeUnit.NANOSECONDS.toMillis(sorted[sorted.length - 1]));
        }
    }
}
