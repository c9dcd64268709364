package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.AEADBadTagException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Parts, each encrypted with its own key (AES-256-GCM, the leaf as associated data). The keys stand
 * in a database of their own, written first: a part without key is erased, a key without part is
 * harmless.
 */
@Component
public class PartStore {
    private static final Logger log = LoggerFactory.getLogger(PartStore.class);

    /** How long an uploaded part waits for the message that names it. */
    private static final Duration UNNAMED = Duration.ofDays(1);

    private static final int KEYS_AT_ONCE = 2_000;

    private final JdbcClient jdbc;
    private final JdbcClient keys;
    private final Channels channels;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PartStore(
            JdbcClient jdbc,
            @Qualifier("partKeys") JdbcClient keys,
            Channels channels,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Parts as they will be stored, in their order.
     *
     * @param octets what each leaf's part looks like encrypted
     */
    record Sealed(Channel channel, List<Hash> leaves, byte[][] octets) {
        Sealed {
            leaves = List.copyOf(leaves);
        }
    }

    /** Encrypts parts and keeps their keys. */
    Sealed seal(Channel channel, Collection<Part> parts) {
        var leaves = new ArrayList<Hash>(parts.size());
        var wires = new ArrayList<byte[]>(parts.size());
        for (Part part : parts) {
            byte[] wire = part.wire();
            wires.add(wire);
            leaves.add(Part.leafOf(wire));
        }
        Map<Hash, byte[]> sealingKeys = keysFor(channel, octets(leaves));
        byte[][] sealed = new byte[leaves.size()][];
        for (int i = 0; i < sealed.length; i++) {
            Hash leaf = leaves.get(i);
            byte[] key = Optional.ofNullable(sealingKeys.get(leaf)).orElseThrow();
            sealed[i] = Sealing.seal(key, leaf.bytes(), wires.get(i));
        }
        return new Sealed(channel, leaves, sealed);
    }

    /** Keeps what a peer sends; what was erased does not come back. */
    void receive(Channel channel, List<Part> received) {
        keep(seal(channel, notErased(channel, received)), null);
    }

    private List<Part> notErased(Channel channel, List<Part> came) {
        Set<Hash> erased =
                Set.copyOf(
                        jdbc.sql(
                                        "select leaf from erased_parts where channel = :channel and leaf = any(:leaves::bytea[])")
                                .param("channel", channel.id())
                                .param("leaves", octets(came.stream().map(Part::leaf).toList()))
                                .query(PartStore::leaf)
                                .list());
        return came.stream().filter(part -> !erased.contains(part.leaf())).toList();
    }

    /**
     * Keeps parts; those that are there already stay as they are.
     *
     * @param message that commits to them; absent for what a peer uploads ahead of its message
     */
    void keep(Sealed sealed, @Nullable Long message) {
        if (sealed.leaves().isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into parts (channel, leaf, sealed, message, stored_at)
                        select :channel, leaf, sealed, :message, :now
                        from unnest(:leaves::bytea[], :sealed::bytea[]) as new(leaf, sealed)
                        on conflict (channel, leaf) do update set stored_at = excluded.stored_at
                            where parts.message is null
                        """)
                .param("channel", sealed.channel().id())
                .param("leaves", octets(sealed.leaves()))
                .param("sealed", sealed.octets())
                .param("message", message)
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    private Map<Hash, byte[]> keysFor(Channel channel, byte[][] leaves) {
        if (leaves.length == 0) {
            return Map.of();
        }
        byte[][] fresh = new byte[leaves.length][];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = Sealing.newKey();
        }
        var kept = new HashMap<Hash, byte[]>();
        keys.sql(
                        """
                        insert into part_keys (channel, leaf, key)
                        select :channel, leaf, key from unnest(:leaves::bytea[], :keys::bytea[]) as new(leaf, key)
                        on conflict do nothing returning leaf, key
                        """)
                .param("channel", channel.id())
                .param("leaves", leaves)
                .param("keys", fresh)
                .query((ResultSet row) -> {
                    kept.put(Hash.of(row.getBytes("leaf")), row.getBytes("key"));
                });
        return kept.size() == leaves.length ? kept : readKeys(channel, leaves);
    }

    private Map<Hash, byte[]> readKeys(Channel channel, byte[][] leaves) {
        var found = new HashMap<Hash, byte[]>();
        keys.sql(
                        "select leaf, key from part_keys where channel = :channel and leaf = any(:leaves::bytea[])")
                .param("channel", channel.id())
                .param("leaves", leaves)
                .query((ResultSet row) -> {
                    found.put(Hash.of(row.getBytes("leaf")), row.getBytes("key"));
                });
        return found;
    }

    /** Ties parts to the message that commits to them. */
    void attach(Channel channel, List<Hash> leaves, long message) {
        jdbc.sql(
                        """
                        update parts set message = :message
                        where channel = :channel and leaf = any(:leaves::bytea[]) and message is null
                        """)
                .param("message", message)
                .param("channel", channel.id())
                .param("leaves", octets(leaves))
                .update();
    }

    /** Which of the leaves have no part here. */
    List<Hash> missing(Channel channel, List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select leaf from unnest(:leaves::bytea[]) as wanted(leaf)
                        where not exists (select 1 from parts where channel = :channel and parts.leaf = wanted.leaf)
                        """)
                .param("leaves", octets(leaves))
                .param("channel", channel.id())
                .query(PartStore::leaf)
                .list();
    }

    /**
     * As many of these leaves, from the first on, as have parts of so many octets; at least one.
     * One that was erased is not among them.
     */
    List<Hash> fitting(Channel channel, List<Hash> leaves, long octets) {
        Map<Hash, byte[]> openingKeys = readKeys(channel, octets(leaves));
        List<Hash> openable = leaves.stream().filter(openingKeys::containsKey).toList();
        return jdbc.sql(
                        """
                        select leaf from (
                            select parts.leaf, octet_length(sealed) as octets,
                                sum(octet_length(sealed)) over (order by place) as total
                            from unnest(:leaves::bytea[]) with ordinality as wanted(leaf, place)
                            join parts on parts.channel = :channel and parts.leaf = wanted.leaf) as found
                        where total <= :most or total = octets
                        """)
                .param("leaves", octets(openable))
                .param("channel", channel.id())
                .param("most", octets)
                .query(PartStore::leaf)
                .list();
    }

    /**
     * Parts of stored messages that cannot be opened, for there is no key, in the order of their
     * leaves.
     *
     * @param after leaves up to this one were looked at
     */
    Keyless keyless(Channel channel, byte[] after) {
        List<Hash> looked =
                jdbc.sql(
                                """
                                select leaf from parts
                                where channel = :channel and message is not null and leaf > :after
                                    and not exists (
                                        select 1 from erased_parts erased
                                        where erased.channel = parts.channel and erased.leaf = parts.leaf)
                                order by leaf limit :most
                                """)
                        .param("channel", channel.id())
                        .param("after", after)
                        .param("most", KEYS_AT_ONCE)
                        .query(PartStore::leaf)
                        .list();
        Map<Hash, byte[]> there = readKeys(channel, octets(looked));
        return new Keyless(
                looked, looked.stream().filter(leaf -> !there.containsKey(leaf)).toList());
    }

    record Keyless(List<Hash> looked, List<Hash> withoutKey) {
        Keyless {
            looked = List.copyOf(looked);
            withoutKey = List.copyOf(withoutKey);
        }
    }

    /**
     * Seals parts whose keys were lost again, in their places. The octets come before the keys: a
     * kill in between leaves parts without keys, which are fetched again.
     */
    void sealAnew(Channel channel, List<Part> came) {
        List<Part> lost = notErased(channel, came);
        byte[][] leaves = octets(lost.stream().map(Part::leaf).toList());
        byte[][] fresh = new byte[leaves.length][];
        byte[][] sealed = new byte[leaves.length][];
        for (int i = 0; i < leaves.length; i++) {
            fresh[i] = Sealing.newKey();
            sealed[i] = Sealing.seal(fresh[i], leaves[i], lost.get(i).wire());
        }
        jdbc.sql(
                        """
                        update parts set sealed = new.sealed
                        from unnest(:leaves::bytea[], :sealed::bytea[]) as new(leaf, sealed)
                        where parts.channel = :channel and parts.leaf = new.leaf
                        """)
                .param("channel", channel.id())
                .param("leaves", leaves)
                .param("sealed", sealed)
                .update();
        keys.sql(
                        """
                        insert into part_keys (channel, leaf, key)
                        select :channel, leaf, key from unnest(:leaves::bytea[], :keys::bytea[]) as new(leaf, key)
                        """)
                .param("channel", channel.id())
                .param("leaves", leaves)
                .param("keys", fresh)
                .update();
    }

    private static Hash leaf(ResultSet row, int number) throws SQLException {
        return Hash.of(row.getBytes("leaf"));
    }

    /** One part; empty when it was erased. */
    public Optional<Part> open(Channel channel, Hash leaf) {
        return Optional.ofNullable(open(channel, List.of(leaf)).get(leaf));
    }

    /** What a message says, as far as it is not erased. */
    public Contents contents(Channel channel, List<Hash> leaves) {
        return new Contents(leaves, open(channel, leaves));
    }

    /**
     * The parts of these leaves; one that was erased is not among them, also while its key is still
     * to be destroyed.
     */
    public Map<Hash, Part> open(Channel channel, Collection<Hash> leaves) {
        byte[][] wanted = octets(leaves);
        Map<Hash, byte[]> openingKeys = readKeys(channel, wanted);
        var parts = new HashMap<Hash, Part>();
        jdbc.sql(
                        """
                        select leaf, sealed from parts where channel = :channel and leaf = any(:leaves::bytea[])
                            and not exists (select 1 from erased_parts
                                where erased_parts.channel = parts.channel and erased_parts.leaf = parts.leaf)
                        """)
                .param("channel", channel.id())
                .param("leaves", wanted)
                .query((ResultSet row) -> {
                    Hash leaf = Hash.of(row.getBytes("leaf"));
                    byte[] key = openingKeys.get(leaf);
                    if (key != null) {
                        unseal(key, leaf, row.getBytes("sealed"))
                                .ifPresent(part -> parts.put(leaf, part));
                    }
                });
        return parts;
    }

    /**
     * Forgets what was uploaded a day ago and no message ever named. Nobody takes messages in
     * meanwhile, so that none can name what goes; the keys follow once the parts are gone for good.
     */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void forgetUnnamed() {
        Map<Channel, List<Hash>> forgotten = new HashMap<>();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("select channel from streams where direction = 'in' for no key update")
                    .query(Integer.class)
                    .list();
            jdbc.sql(
                            "delete from parts where message is null and stored_at < :limit returning channel, leaf")
                    .param("limit", OffsetDateTime.now(clock).minus(UNNAMED))
                    .query((ResultSet row) -> {
                        forgotten
                                .computeIfAbsent(
                                        channels.byId(row.getInt("channel")),
                                        _ -> new ArrayList<>())
                                .add(Hash.of(row.getBytes("leaf")));
                    });
        });
        forgotten.forEach(this::erase);
    }

    /** Erases parts everywhere by deleting their keys. */
    void erase(Channel channel, Collection<Hash> leaves) {
        keys.sql("delete from part_keys where channel = :channel and leaf = any(:leaves::bytea[])")
                .param("channel", channel.id())
                .param("leaves", octets(leaves))
                .update();
    }

    static byte[][] octets(Collection<Hash> leaves) {
        return leaves.stream().map(Hash::bytes).toArray(byte[][]::new);
    }

    /** Empty where the key is not the one it was sealed with: its own key is gone. */
    private static Optional<Part> unseal(byte[] key, Hash leaf, byte[] sealed) {
        try {
            return Optional.of(Part.fromWire(Sealing.open(key, leaf.bytes(), sealed)));
        } catch (AEADBadTagException e) {
            log.error("part {} is sealed with another key than it has now", leaf);
            return Optional.empty();
        }
    }
}
