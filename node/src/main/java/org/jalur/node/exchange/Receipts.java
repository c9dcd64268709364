package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.Receipt;
import org.jalur.log.LogProof;
import org.jalur.node.journal.IntegrationListener;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.WorkingKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The receipts this node gives: signed once, when the message stands under a published checkpoint,
 * and stored before they are sent, so that the same message always gets the same octets.
 */
@Component
class Receipts implements IntegrationListener {
    private static final int BATCH = 1000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final JdbcClient jdbc;
    private final OwnKeys keys;
    private final KeySets keySets;
    private final Channels channels;
    private final PublishedLog published;
    private final DeliveryBell bell;
    private final Clock clock;
    private final Map<Long, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

    /**
     * What came before the own keys were announced, or changed over; their announcement is
     * integrated, and ends it.
     */
    private final List<Unreceipted> beforeKeys = new ArrayList<>();

    Receipts(
            JdbcClient jdbc,
            OwnKeys keys,
            KeySets keySets,
            Channels channels,
            PublishedLog published,
            DeliveryBell bell,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.keySets = keySets;
        this.channels = channels;
        this.published = published;
        this.bell = bell;
        this.clock = clock;
    }

    private record Unreceipted(StoredMessage message, long index) {
        static Unreceipted from(ResultSet row, int number) throws SQLException {
            return new Unreceipted(StoredMessage.from(row, number), row.getLong("log_index"));
        }
    }

    private record Signed(StoredMessage message, String receipt) {}

    @Override
    public void integrated(List<JournalEntry> entries) {
        Long[] messages =
                entries.stream().flatMap(entry -> entry.message().stream()).toArray(Long[]::new);
        if (messages.length > 0) {
            receipt(
                    jdbc.sql(
                                    """
                                    select %s, log_index from messages
                                    join journal_entries on journal_entries.message = messages.id
                                    where direction = 'in' and messages.id = any(:messages)
                                    """
                                            .formatted(StoredMessage.COLUMNS))
                            .param("messages", messages)
                            .query(Unreceipted::from)
                            .list());
            jdbc.sql("update outbox set integrated = true where message = any(:messages)")
                    .param("messages", messages)
                    .update();
            bell.ring();
        }
    }

    /**
     * After a crash between publishing and signing: what is still without receipt gets one, and
     * what is under a checkpoint may leave.
     */
    @Override
    public void resumed() {
        long size = published.head().size();
        beforeKeys.clear();
        List<Unreceipted> left = unreceipted(size, 0);
        while (!left.isEmpty()) {
            receipt(left);
            left = unreceipted(size, left.getLast().message().row());
        }
        jdbc.sql(
                        """
                        update outbox set integrated = true
                        from journal_entries entry
                        where entry.message = outbox.message and not integrated and log_index < :size
                        """)
                .param("size", size)
                .update();
        bell.ring();
    }

    private List<Unreceipted> unreceipted(long size, long after) {
        return jdbc.sql(
                        """
                        select %s, log_index from messages
                        join journal_entries on journal_entries.message = messages.id
                        where direction = 'in' and log_index < :size and messages.id > :after
                            and exists (select 1 from key_sets own
                                where own.channel = messages.channel and own.direction = 'out')
                            and not exists (select 1 from receipts where receipts.message = messages.id)
                        order by messages.id limit :most
                        """
                                .formatted(StoredMessage.COLUMNS))
                .param("size", size)
                .param("after", after)
                .param("most", BATCH)
                .query(Unreceipted::from)
                .list();
    }

    private void receipt(List<Unreceipted> messages) {
        List<Unreceipted> all = new ArrayList<>(beforeKeys);
        all.addAll(messages);
        beforeKeys.clear();
        List<Optional<Signed>> tried = all.parallelStream().map(this::sign).toList();
        for (int i = 0; i < all.size(); i++) {
            if (tried.get(i).isEmpty()) {
                beforeKeys.add(all.get(i));
            }
        }
        List<Signed> signed = tried.stream().flatMap(Optional::stream).toList();
        if (signed.isEmpty()) {
            return;
        }
        store(signed);
        // What is stored counts, for another process may have been first.
        find(signed.stream().map(one -> one.message().row()).toList())
                .forEach((message, receipt) ->
                        Optional.ofNullable(awaited.get(message))
                                .ifPresent(waiting -> waiting.complete(receipt)));
    }

    /**
     * Empty while this node has not yet told the peer which keys it signs with, or the newest
     * checkpoint is still by the keys before them: a receipt and its proof are by the same keys.
     */
    private Optional<Signed> sign(Unreceipted unreceipted) {
        StoredMessage stored = unreceipted.message();
        Optional<KeySets.Announced> announced = keySets.own(channels.byId(stored.channel()));
        if (announced.isEmpty()) {
            return Optional.empty();
        }
        WorkingKeys signing = keys.atLeast(announced.get().serial());
        return published
                .proof(unreceipted.index(), signing.serial())
                .filter(_ -> signing.serial() == announced.get().serial())
                .map(proof -> receipt(stored, announced.get().seq(), proof).sign(signing.message()))
                .map(jws -> new Signed(stored, jws.compact()));
    }

    private static Receipt receipt(StoredMessage stored, long position, LogProof proof) {
        Message message = stored.parsed();
        Manifest manifest = message.manifest();
        return new Receipt(
                message.jws().digest(),
                manifest.id(),
                manifest.from(),
                manifest.to(),
                manifest.seq(),
                stored.recordedAt(),
                position,
                proof.format());
    }

    private void store(List<Signed> signed) {
        jdbc.sql(
                        """
                        insert into receipts (message, jws, received_at, recorded_at)
                        select id, signed.jws, recorded_at, :now
                        from unnest(:messages::bigint[], :jws::text[]) as signed(message, jws)
                        join messages on messages.id = signed.message
                        on conflict do nothing
                        """)
                .param(
                        "messages",
                        signed.stream().map(one -> one.message().row()).toArray(Long[]::new))
                .param("jws", signed.stream().map(Signed::receipt).toArray(String[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Map<Long, String> find(Collection<Long> messages) {
        Map<Long, String> found = new HashMap<>();
        jdbc.sql("select message, jws from receipts where message = any(:messages)")
                .param("messages", messages.toArray(Long[]::new))
                .query(row -> {
                    found.put(row.getLong("message"), row.getString("jws"));
                });
        return found;
    }

    /**
     * Waits for the receipts of stored messages.
     *
     * @return by row of the message; what is not there in time is absent
     */
    Map<Long, String> await(Collection<Long> messages, Duration atMost) {
        if (messages.isEmpty()) {
            return Map.of();
        }
        Map<Long, CompletableFuture<String>> waiting = new HashMap<>();
        messages.forEach(message ->
                waiting.put(
                        message, awaited.computeIfAbsent(message, _ -> new CompletableFuture<>())));
        var all = CompletableFuture.allOf(waiting.values().toArray(CompletableFuture[]::new));
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            Map<Long, String> found = find(messages);
            while (found.size() < waiting.size() && System.nanoTime() < deadline) {
                if (areOver(all)) {
                    return waiting.entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey, one -> one.getValue().join()));
                }
                // Another process may be the leader: then only the database knows.
                found = find(messages);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            waiting.forEach(awaited::remove);
        }
    }

    private static boolean areOver(CompletableFuture<Void> all) throws InterruptedException {
        try {
            all.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
