package org.jalur.node.exchange;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.jalur.log.Hash;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores what came back, one message or receipt in one transaction, with the effect it had: a kill
 * between two of them loses nothing.
 */
@Component
class Restoring {
    private static final Logger log = LoggerFactory.getLogger(Restoring.class);

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Recovered recovered;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Effects effects;
    private final KeySets keySets;
    private final PartStore parts;
    private final SignOffs signOffs;
    private final Journal journal;
    private final ObjectProvider<SentMessageHandler> handlers;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;
    private final Clock clock;

    Restoring(
            JdbcClient jdbc,
            Channels channels,
            Recovered recovered,
            Inbox inbox,
            Outbox outbox,
            Effects effects,
            KeySets keySets,
            PartStore parts,
            SignOffs signOffs,
            Journal journal,
            ObjectProvider<SentMessageHandler> handlers,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.recovered = recovered;
        this.inbox = inbox;
        this.outbox = outbox;
        this.effects = effects;
        this.keySets = keySets;
        this.parts = parts;
        this.signOffs = signOffs;
        this.journal = journal;
        this.handlers = handlers;
        this.transactions = transactions;
        this.clock = clock;
        nested =
                new TransactionTemplate(
                        Optional.ofNullable(transactions.getTransactionManager()).orElseThrow());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** What became of a step. */
    enum Done {
        RECEIVED,
        SENT,
        RECEIPT,
        /** The message stands again, and what it did cannot be worked out from it any more. */
        WITHOUT_EFFECT,
        /** An earlier run did it. */
        NOTHING
    }

    Done take(Recovered.Step step) {
        return Optional.ofNullable(transactions.execute(_ -> inTransaction(step))).orElseThrow();
    }

    private Done inTransaction(Recovered.Step step) {
        Optional<Recovered.Row> row = recovered.of(step);
        if (row.isEmpty()) {
            return Done.NOTHING;
        }
        Channel channel = channels.byId(step.channel());
        boolean received = step.direction().equals("in");
        Done done;
        if (step.receipt()) {
            done = received ? given(channel, row.get()) : got(channel, row.get());
        } else {
            done = received ? received(channel, row.get()) : sent(channel, row.get());
        }
        recovered.stored(step);
        return done;
    }

    private Done received(Channel channel, Recovered.Row row) {
        Message message = row.message();
        Manifest manifest = message.manifest();
        long stored = inbox.keep(channel, message, row.recordedAt());
        learnKeys(channel, "in", manifest);
        storeGiven(stored, row);
        if (manifest.kind().equals(MessageKind.KEYS.wire()) || recovered.isRefused(channel, row)) {
            return Done.RECEIVED;
        }
        boolean taken =
                effects.takeAgain(
                        new ReceivedMessage(
                                stored,
                                channel,
                                manifest,
                                message.jws().digest(),
                                row.recordedAt(),
                                message.leaves(),
                                true));
        return taken ? Done.RECEIVED : Done.WITHOUT_EFFECT;
    }

    private Done sent(Channel channel, Recovered.Row row) {
        Message message = row.message();
        Manifest manifest = message.manifest();
        Hash digest = message.jws().digest();
        long stored = StoredMessage.insert(jdbc, channel, "out", message, row.recordedAt());
        parts.attach(channel, message.leaves(), stored);
        journal.append(EntryKind.MESSAGE_SENT, digest, stored);
        learnKeys(channel, "out", manifest);
        Optional<SentMessageHandler> handler =
                MessageKind.of(manifest.kind())
                        .flatMap(kind ->
                                handlers.stream()
                                        .filter(one -> one.kinds().contains(kind))
                                        .findFirst());
        if (handler.isEmpty()) {
            return Done.SENT;
        }
        try {
            nested.executeWithoutResult(_ ->
                    handler.get()
                            .restore(
                                    new SentMessage(stored, channel, manifest, digest),
                                    parts.contents(
                                            channel,
                                            signOffs.withoutSignOff(
                                                    channel, manifest.kind(), message.leaves()))));
            return Done.SENT;
        } catch (RuntimeException e) {
            log.error("message {} was stored, but not what it did then", stored, e);
            return Done.WITHOUT_EFFECT;
        }
    }

    private void learnKeys(Channel channel, String direction, Manifest manifest) {
        manifest.keys()
                .ifPresent(text -> {
                    KeyStatement statement = keySets.open(channel, direction, text);
                    if (direction.equals("out")) {
                        keySets.announced(channel, manifest.seq(), statement.serial(), text);
                    } else {
                        keySets.add(channel, direction, manifest.seq(), statement.serial(), text);
                    }
                });
    }

    private Done got(Channel channel, Recovered.Row row) {
        StoredMessage stored = stored(channel, row);
        outbox.delivered(
                channel, List.of(outbox.verify(channel, stored, row.receipt().orElseThrow())));
        return Done.RECEIPT;
    }

    private Done given(Channel channel, Recovered.Row row) {
        storeGiven(stored(channel, row).row(), row);
        return Done.RECEIPT;
    }

    private StoredMessage stored(Channel channel, Recovered.Row row) {
        return jdbc.sql(
                        """
                        select %s from messages
                        where channel = :channel and direction = :direction and seq = :seq
                        """
                                .formatted(StoredMessage.COLUMNS))
                .param("channel", channel.id())
                .param("direction", row.direction())
                .param("seq", row.seq())
                .query(StoredMessage::from)
                .single();
    }

    /** The same octets as then: a message has one receipt. */
    private void storeGiven(long message, Recovered.Row row) {
        row.receipt()
                .ifPresent(receipt ->
                        jdbc.sql(
                                        """
                                        insert into receipts (message, jws, received_at, recorded_at)
                                        values (:message, :jws, :at, :now)
                                        """)
                                .param("message", message)
                                .param("jws", receipt)
                                .param("at", row.recordedAt().atOffset(ZoneOffset.UTC))
                                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                                .update());
    }
}
