package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.Receipt;
import org.jalur.node.journal.IntegrationListener;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The receipts this node gives: signed once, when the message stands under a published checkpoint,
 * and stored before they are sent, so that the same message always gets the same octets.
 */
@Component
class Receipts implements IntegrationListener {
    private static final Duration POLL = Duration.ofMillis(200);

    private final JdbcClient jdbc;
    private final OwnKeys keys;
    private final KeySets keySets;
    private final Channels channels;
    private final PublishedLog published;
    private final DeliveryBell bell;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Map<Long, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

    Receipts(
            JdbcClient jdbc,
            OwnKeys keys,
            KeySets keySets,
            Channels channels,
            PublishedLog published,
            DeliveryBell bell,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.keySets = keySets;
        this.channels = channels;
        this.published = published;
        this.bell = bell;
        this.transactions = transactions;
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

    /** After a crash between publishing and signing: what is still without receipt gets one. */
    @Scheduled(fixedDelay = 2000)
    void catchUp() {
        long size = published.head().size();
        List<Unreceipted> left =
                jdbc.sql(
                                """
                                select %s, log_index from messages
                                join journal_entries on journal_entries.message = messages.id
                                where direction = 'in' and log_index < :size
                                    and messages.recorded_at > now() - interval '30 days'
                                    and not exists (select 1 from receipts where receipts.message = messages.id)
                                limit 1000
                                """
                                        .formatted(StoredMessage.COLUMNS))
                        .param("size", size)
                        .query(Unreceipted::from)
                        .list();
        receipt(left);
        int resumed =
                jdbc.sql(
                                """
                                update outbox set integrated = true
                                from journal_entries entry
                                where entry.message = outbox.message and not integrated and log_index < :size
                                """)
                        .param("size", size)
                        .update();
        if (resumed > 0) {
            bell.ring();
        }
    }

    private void receipt(List<Unreceipted> messages) {
        List<Signed> signed =
                messages.parallelStream().flatMap(message -> sign(message).stream()).toList();
        if (signed.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(_ -> signed.forEach(this::store));
        for (Signed one : signed) {
            Optional.ofNullable(awaited.remove(one.message().row()))
                    .ifPresent(waiting -> find(one.message().row()).ifPresent(waiting::complete));
        }
    }

    /** Empty while this node has not yet told the peer which keys it signs with. */
    private Optional<Signed> sign(Unreceipted unreceipted) {
        StoredMessage stored = unreceipted.message();
        Message message = stored.parsed();
        Manifest manifest = message.manifest();
        return keySets.ownPosition(channels.byId(stored.channel()))
                .map(position ->
                        new Signed(
                                stored,
                                new Receipt(
                                                message.jws().digest(),
                                                manifest.id(),
                                                manifest.from(),
                                                manifest.to(),
                                                manifest.seq(),
                                                stored.recordedAt(),
                                                position,
                                                published.proof(unreceipted.index()).format())
                                        .sign(keys.message())
                                        .compact()));
    }

    private void store(Signed signed) {
        jdbc.sql(
                        """
                        insert into receipts (message, jws, received_at, recorded_at)
                        values (:message, :jws, :receivedAt, :now) on conflict do nothing
                        """)
                .param("message", signed.message().row())
                .param("jws", signed.receipt())
                .param("receivedAt", signed.message().recordedAt().atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<String> find(long message) {
        return jdbc.sql("select jws from receipts where message = :message")
                .param("message", message)
                .query(String.class)
                .optional();
    }

    /** Waits for the receipt of a stored message; empty when it is not there in time. */
    Optional<String> await(long message, Duration atMost) {
        CompletableFuture<String> waiting =
                awaited.computeIfAbsent(message, _ -> new CompletableFuture<>());
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                // Another process may be the leader: then only the database knows.
                Optional<String> found = find(message);
                if (found.isPresent() || System.nanoTime() > deadline) {
                    return found;
                }
                Optional<String> completed = poll(waiting);
                if (completed.isPresent()) {
                    return completed;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            awaited.remove(message, waiting);
        }
    }

    private static Optional<String> poll(CompletableFuture<String> waiting)
            throws InterruptedException, ExecutionException {
        try {
            return Optional.of(waiting.get(POLL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }
}
