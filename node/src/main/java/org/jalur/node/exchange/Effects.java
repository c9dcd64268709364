package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets messages take effect. A fault in a feature is not the sender's: the effect is rolled back to
 * where the message was stored, and tried again later; the message keeps its receipt.
 */
@Component
class Effects {
    private static final Logger log = LoggerFactory.getLogger(Effects.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Exchange exchange;
    private final SignOffs signOffs;
    private final Channels channels;
    private final ObjectProvider<MessageHandler> handlers;
    private final ObjectProvider<ReceptionListener> listeners;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;
    private final Clock clock;

    Effects(
            JdbcClient jdbc,
            Exchange exchange,
            SignOffs signOffs,
            Channels channels,
            ObjectProvider<MessageHandler> handlers,
            ObjectProvider<ReceptionListener> listeners,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.exchange = exchange;
        this.signOffs = signOffs;
        this.channels = channels;
        this.handlers = handlers;
        this.listeners = listeners;
        this.transactions = transactions;
        this.clock = clock;
        nested =
                new TransactionTemplate(
                        Optional.ofNullable(transactions.getTransactionManager()).orElseThrow());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    private record Unhandled(StoredMessage message, int attempts) {
        static Unhandled from(ResultSet row, int number) throws SQLException {
            return new Unhandled(StoredMessage.from(row, number), row.getInt("attempts"));
        }
    }

    void take(ReceivedMessage message) {
        try {
            handle(message);
        } catch (RuntimeException e) {
            retryLater(message.row(), 1, e);
        }
    }

    /**
     * Of a message that comes back. Nothing is answered a second time: what is not readable has no
     * effect, and a fault is tried again when the node runs.
     *
     * @return whether it took effect
     */
    boolean takeAgain(ReceivedMessage message) {
        try {
            handleOrRollBack(message);
            return true;
        } catch (MalformedMessageException e) {
            log.warn("message {} has no effect: {}", message.row(), e.getMessage());
        } catch (RuntimeException e) {
            retryLater(message.row(), 1, e);
        }
        return false;
    }

    private void handle(ReceivedMessage message) {
        try {
            handleOrRollBack(message);
        } catch (MalformedMessageException e) {
            refuse(message, Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    /** A refusal is never answered by another: two nodes would go on for ever. */
    private void refuse(ReceivedMessage message, String why) {
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            log.warn("refusal {} has no effect: {}", message.row(), why);
        } else {
            exchange.refuse(message, new Refusal("protocol", why));
        }
    }

    private void handleOrRollBack(ReceivedMessage message) {
        nested.executeWithoutResult(_ -> {
            Optional<MessageHandler> handler =
                    MessageKind.of(message.manifest().kind())
                            .flatMap(kind -> handlerOf(kind, message));
            if (handler.isEmpty()) {
                refuse(
                        message,
                        "This node does not take messages of kind \"%s\"."
                                .formatted(message.manifest().kind()));
                return;
            }
            switch (signOffs.check(message)) {
                case SignOffs.Checked.Unsigned(var refusal) -> exchange.refuse(message, refusal);
                case SignOffs.Checked.Taken(var read) -> {
                    handler.get().handle(read);
                    listeners.forEach(listener -> listener.received(message));
                }
            }
        });
    }

    private Optional<MessageHandler> handlerOf(MessageKind kind, ReceivedMessage message) {
        List<MessageHandler> able =
                handlers.stream().filter(handler -> handler.kinds().contains(kind)).toList();
        return able.size() < 2
                ? able.stream().findFirst()
                : able.stream()
                        .filter(handler -> handler.isAboutOwn(message))
                        .findFirst()
                        .or(() -> able.stream().findFirst());
    }

    private void retryLater(long row, int attempts, RuntimeException fault) {
        log.error(
                "message {} was stored, but its effect failed (attempt {})", row, attempts, fault);
        Duration pause =
                Duration.ofSeconds(Math.min(1L << Math.min(attempts, 10), LONGEST.toSeconds()));
        jdbc.sql(
                        """
                        insert into unhandled (message, attempts, next_attempt_at, last_error)
                        values (:message, :attempts, :next, :error)
                        on conflict (message) do update set attempts = excluded.attempts,
                            next_attempt_at = excluded.next_attempt_at, last_error = excluded.last_error
                        """)
                .param("message", row)
                .param("attempts", attempts)
                .param("next", clock.instant().plus(pause).atOffset(ZoneOffset.UTC))
                .param("error", fault.getClass().getSimpleName())
                .update();
    }

    @Scheduled(fixedDelay = 1000)
    void retry() {
        transactions.executeWithoutResult(_ -> due().forEach(this::retry));
    }

    private List<Unhandled> due() {
        Instant now = clock.instant();
        return jdbc.sql(
                        """
                        select %s, unhandled.attempts from unhandled join messages on messages.id = unhandled.message
                        where next_attempt_at <= :now order by messages.id limit 16 for no key update of unhandled skip locked
                        """
                                .formatted(StoredMessage.COLUMNS))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Unhandled::from)
                .list();
    }

    private void retry(Unhandled unhandled) {
        StoredMessage stored = unhandled.message();
        Message message = stored.parsed();
        try {
            handle(
                    new ReceivedMessage(
                            stored.row(),
                            channels.byId(stored.channel()),
                            message.manifest(),
                            message.jws().digest(),
                            stored.recordedAt(),
                            message.leaves(),
                            false));
            jdbc.sql("delete from unhandled where message = :message")
                    .param("message", stored.row())
                    .update();
        } catch (RuntimeException e) {
            retryLater(stored.row(), unhandled.attempts() + 1, e);
        }
    }
}
