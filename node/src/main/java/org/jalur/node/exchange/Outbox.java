package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jalur.channel.Jws;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Receipt;
import org.jalur.log.Checkpoint;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Messages on their way: which leave next, under which lease, and what a receipt ends. */
@Component
class Outbox {
    static final Duration LEASE = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final JdbcClient jdbc;
    private final KeySets keySets;
    private final Journal journal;
    private final ObjectProvider<DeliveryListener> listeners;
    private final Clock clock;
    private final UUID owner = UUID.randomUUID();

    Outbox(
            JdbcClient jdbc,
            KeySets keySets,
            Journal journal,
            ObjectProvider<DeliveryListener> listeners,
            Clock clock) {
        this.jdbc = jdbc;
        this.keySets = keySets;
        this.journal = journal;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Takes or renews the lease on a channel whose next attempt is due. */
    boolean lease(Channel channel) {
        Instant now = clock.instant();
        return jdbc.sql(
                                """
                                update channels set lease_owner = :owner, lease_until = :until
                                where id = :channel and next_attempt_at <= :now
                                    and (lease_owner = :owner or lease_until is null or lease_until < :now)
                                """)
                        .param("owner", owner)
                        .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                        .param("channel", channel.id())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void release(Channel channel) {
        jdbc.sql(
                        "update channels set lease_owner = null, lease_until = null where id = :channel and lease_owner = :owner")
                .param("channel", channel.id())
                .param("owner", owner)
                .update();
    }

    /** The next messages in order, as far as the journal has them under a checkpoint. */
    List<StoredMessage> next(Channel channel) {
        return next(channel, 0);
    }

    /**
     * @param sent up to this place they are on their way already
     */
    List<StoredMessage> next(Channel channel, long sent) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select %s, integrated from outbox join messages on messages.id = outbox.message
                                where outbox.channel = :channel and outbox.seq > :sent
                                order by outbox.seq limit :window
                                """
                                        .formatted(StoredMessage.COLUMNS))
                        .param("channel", channel.id())
                        .param("sent", sent)
                        .param("window", Inbox.WINDOW)
                        .query(Row::from)
                        .list();
        var ready = new ArrayList<StoredMessage>();
        for (Row row : rows) {
            if (!row.integrated()) {
                break;
            }
            ready.add(row.message());
            if (row.message().kind().equals(MessageKind.KEYS.wire())) {
                // The peer must know these keys before it can check a request signed with them.
                break;
            }
        }
        return ready;
    }

    private record Row(StoredMessage message, boolean integrated) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(StoredMessage.from(row, number), row.getBoolean("integrated"));
        }
    }

    void failed(Channel channel, String reason) {
        int attempts =
                jdbc.sql("select attempts from channels where id = :channel")
                        .param("channel", channel.id())
                        .query(Integer.class)
                        .single();
        long longest = Math.min(LONGEST_PAUSE_MILLIS, 250L << Math.min(attempts, 12));
        long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        update channels set attempts = attempts + 1, last_error = :reason,
                            next_attempt_at = :next, failing_since = coalesce(failing_since, :now)
                        where id = :channel
                        """)
                .param("reason", reason)
                .param("next", now.plusMillis(pause).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("channel", channel.id())
                .update();
    }

    /**
     * Stores receipts that were checked. The keys are those in force where the receipt says; while
     * the message that introduces them has not arrived, the receipt waits with its message.
     *
     * @return how many messages are delivered now
     */
    @Transactional
    public int delivered(Channel channel, List<Verified> receipts) {
        Set<Long> waited = removed(receipts);
        List<Verified> news =
                receipts.stream().filter(one -> waited.remove(one.message().row())).toList();
        if (!news.isEmpty()) {
            store(news);
            journal.appendAll(
                    EntryKind.RECEIPT_RECEIVED,
                    news.stream().map(one -> one.jws().digest()).toList());
            List<DeliveryListener.Delivered> delivered =
                    news.stream().map(verified -> delivered(channel, verified)).toList();
            listeners.forEach(listener -> listener.delivered(delivered));
            reached(channel, news);
        }
        return news.size();
    }

    private static DeliveryListener.Delivered delivered(Channel channel, Verified verified) {
        Message message = verified.message().parsed();
        return new DeliveryListener.Delivered(
                new SentMessage(
                        verified.message().row(),
                        channel,
                        message.manifest(),
                        message.jws().digest()),
                verified.receipt().receivedAt());
    }

    /** What was in the outbox, and is not any more: a receipt counts once. */
    private Set<Long> removed(List<Verified> receipts) {
        return new HashSet<>(
                jdbc.sql("delete from outbox where message = any(:messages) returning message")
                        .param(
                                "messages",
                                receipts.stream()
                                        .map(one -> one.message().row())
                                        .toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    private void store(List<Verified> receipts) {
        jdbc.sql(
                        """
                        insert into receipts (message, jws, received_at, recorded_at)
                        select message, jws, received_at, :now
                        from unnest(:messages::bigint[], :jws::text[], :times::timestamptz[])
                            as new(message, jws, received_at)
                        """)
                .param(
                        "messages",
                        receipts.stream().map(one -> one.message().row()).toArray(Long[]::new))
                .param(
                        "jws",
                        receipts.stream().map(one -> one.jws().compact()).toArray(String[]::new))
                .param(
                        "times",
                        receipts.stream()
                                .map(one -> one.receipt().receivedAt().toString())
                                .toArray(String[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The peer was reached; its newest checkpoint is kept. Last, for the row is a busy one. */
    private void reached(Channel channel, List<Verified> receipts) {
        Verified newest =
                Collections.max(
                        receipts, Comparator.comparingLong(one -> one.checkpoint().head().size()));
        jdbc.sql(
                        """
                        update channels set attempts = 0, last_error = null, failing_since = null,
                            next_attempt_at = '-infinity',
                            peer_checkpoint = case when peer_size < :size then :note else peer_checkpoint end,
                            peer_size = greatest(peer_size, :size)
                        where id = :channel
                        """)
                .param("note", newest.note())
                .param("size", newest.checkpoint().head().size())
                .param("channel", channel.id())
                .update();
    }

    /** A receipt whose signature, subject and journal proof were checked. */
    record Verified(
            StoredMessage message, Jws jws, Receipt receipt, Checkpoint checkpoint, String note) {}

    /**
     * Checks a receipt: the peer's key at its position, the message it is for, the inclusion proof
     * and the checkpoint it stands under.
     *
     * @throws UnacceptableReceiptException with the sentence that the operator reads
     */
    Verified verify(Channel channel, StoredMessage stored, String compact) {
        ReceiptCheck.Checked checked =
                ReceiptCheck.check(
                        stored.parsed(), compact, position -> keySets.of(channel, position));
        return new Verified(
                stored,
                checked.jws(),
                checked.receipt(),
                checked.checkpoint(),
                checked.proof().checkpoint().format());
    }

    /** A receipt that proves nothing; the message stays in the outbox. */
    static final class UnacceptableReceiptException extends RuntimeException {
        UnacceptableReceiptException(String sentence) {
            super(sentence);
        }

        UnacceptableReceiptException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /** The stored message of a receipt handed in by a pulling peer; empty if it waits for none. */
    Optional<StoredMessage> waiting(Channel channel, UUID messageId) {
        return jdbc.sql(
                        """
                        select %s from outbox join messages on messages.id = outbox.message
                        where outbox.channel = :channel and message_id = :id
                        """
                                .formatted(StoredMessage.COLUMNS))
                .param("channel", channel.id())
                .param("id", messageId)
                .query(StoredMessage::from)
                .optional();
    }
}
