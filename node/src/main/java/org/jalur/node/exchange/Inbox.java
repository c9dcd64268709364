package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Answer.Reason;
import org.jalur.node.exchange.Answer.Rejected;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.register.Register;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in the messages of a peer: in order, each once, with its effect in the same transaction. A
 * message with a valid signature, the next sequence number and all its parts is always receipted,
 * whatever its content.
 */
@Component
class Inbox {
    /** Messages of one channel that may be under way, and so parked, at once. */
    static final int WINDOW = 64;

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Register register;
    private final Channels channels;
    private final KeySets keySets;
    private final PartStore parts;
    private final Journal journal;
    private final Effects effects;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Inbox(
            JdbcClient jdbc,
            Register register,
            Channels channels,
            KeySets keySets,
            PartStore parts,
            Journal journal,
            Effects effects,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.channels = channels;
        this.keySets = keySets;
        this.parts = parts;
        this.journal = journal;
        this.effects = effects;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A message as it travels: the signature, and the leaves of its parts. */
    record Envelope(String jws, List<Hash> leaves) {
        Envelope {
            leaves = List.copyOf(leaves);
        }
    }

    /** What was found before the receipt is there: a row that gets one, or an answer. */
    sealed interface Outcome {
        record Stored(long row) implements Outcome {}

        record Answered(Answer answer) implements Outcome {}

        default Optional<Long> stored() {
            return switch (this) {
                case Stored(long row) -> Optional.of(row);
                case Answered _ -> Optional.empty();
            };
        }
    }

    /** Where the peer's stream stands. */
    private record Position(long seq, @Nullable Hash digest) {
        static Position from(ResultSet row, int number) throws SQLException {
            byte[] digest = row.getBytes("digest");
            return new Position(row.getLong("seq"), digest == null ? null : Hash.of(digest));
        }
    }

    /** A peer's stream while it is locked by this transaction: nobody else moves it. */
    private final class Stream {
        private final Channel channel;
        private final Set<Hash> missing;
        private Position position;
        private Optional<KeyStatement> keys;

        Stream(Channel channel, List<Message> arrived) {
            this.channel = channel;
            position =
                    jdbc.sql(
                                    """
                                    select seq, digest from streams where channel = :channel and direction = 'in'
                                    for no key update
                                    """)
                            .param("channel", channel.id())
                            .query(Position::from)
                            .single();
            missing =
                    Set.copyOf(
                            parts.missing(
                                    channel,
                                    arrived.stream()
                                            .flatMap(message -> message.leaves().stream())
                                            .toList()));
            keys = keySets.of(channel, position.seq());
        }

        /** The peer's statement in force where a message claims to stand. */
        Optional<KeyStatement> keysBefore(long seq) {
            return seq == position.seq() + 1 ? keys : keySets.of(channel, seq - 1);
        }

        void reached(Manifest manifest, Hash digest) {
            position = new Position(manifest.seq(), digest);
            if (manifest.keys().isPresent()) {
                keys = manifest.keys().map(text -> keySets.open(channel, text));
            }
        }
    }

    private record Known(long row, Hash digest) {
        static Known from(ResultSet row, int number) throws SQLException {
            return new Known(row.getLong("id"), Hash.of(row.getBytes("digest")));
        }
    }

    /** One transaction for the batch: what one message does never depends on another's receipt. */
    List<Outcome> accept(List<Envelope> envelopes) {
        List<Object> readable = envelopes.stream().map(this::read).toList();
        Map<Channel, List<Message>> arrived =
                readable.stream()
                        .filter(Message.class::isInstance)
                        .map(Message.class::cast)
                        .collect(Collectors.groupingBy(this::channel));
        return Optional.ofNullable(
                        transactions.execute(_ -> {
                            Map<Channel, Stream> streams = new HashMap<>();
                            List<Outcome> outcomes = new ArrayList<>();
                            for (Object read : readable) {
                                if (read instanceof Message message) {
                                    Stream stream =
                                            streams.computeIfAbsent(
                                                    channel(message),
                                                    channel ->
                                                            new Stream(
                                                                    channel,
                                                                    arrived.getOrDefault(
                                                                            channel, List.of())));
                                    outcomes.add(accept(stream, message));
                                } else {
                                    outcomes.add(new Outcome.Answered((Answer) read));
                                }
                            }
                            streams.values().forEach(this::takeInParked);
                            return outcomes;
                        }))
                .orElseThrow();
    }

    private Channel channel(Message message) {
        return channels.with(message.manifest().from()).orElseThrow();
    }

    /** A {@link Message}, or the {@link Answer} that refuses it before anything is looked up. */
    private Object read(Envelope envelope) {
        Message message;
        try {
            message = Message.parse(envelope.jws(), envelope.leaves());
        } catch (MalformedMessageException e) {
            return new Rejected(Reason.MALFORMED, Optional.ofNullable(e.getMessage()).orElse(""));
        }
        Manifest manifest = message.manifest();
        if (!manifest.to().equals(register.own())) {
            return new Rejected(
                    Reason.WRONG_RECIPIENT,
                    "The message is for %s; this node hosts %s."
                            .formatted(manifest.to(), register.own()));
        }
        if (channels.with(manifest.from()).isEmpty()) {
            return new Rejected(
                    Reason.UNKNOWN_PARTY,
                    "%s is not a pinned peer of %s; its operator pins peers in the configuration."
                            .formatted(manifest.from(), register.own()));
        }
        return message;
    }

    private Outcome accept(Stream stream, Message message) {
        Manifest manifest = message.manifest();
        Channel channel = stream.channel;
        Position position = stream.position;
        Optional<Rejected> unsigned = checkSignature(stream, message);
        if (unsigned.isPresent()) {
            return new Outcome.Answered(unsigned.get());
        }
        if (manifest.time().isAfter(clock.instant().plus(TOLERANCE))) {
            return keepEvidence(
                    channel,
                    message,
                    Reason.TIME_IN_FUTURE,
                    "The message says %s; here it is %s. Set the sender's clock."
                            .formatted(manifest.time(), clock.instant()));
        }
        Optional<Known> sameId = known(channel, "message_id = :value", manifest.id());
        if (sameId.isPresent()) {
            return sameId.get().digest().equals(message.jws().digest())
                    ? new Outcome.Stored(sameId.get().row())
                    : keepEvidence(
                            channel,
                            message,
                            Reason.ID_REUSED,
                            "Message id %s came before with digest %s, now with %s; both are kept."
                                    .formatted(
                                            manifest.id(),
                                            sameId.get().digest(),
                                            message.jws().digest()));
        }
        if (manifest.seq() <= position.seq()) {
            return keepEvidence(
                    channel,
                    message,
                    Reason.SEQUENCE_REUSED,
                    "Sequence number %d belongs to another message; the next is %d. Both are kept."
                            .formatted(manifest.seq(), position.seq() + 1));
        }
        if (manifest.seq() > position.seq() + 1) {
            return new Outcome.Answered(park(channel, message, position));
        }
        return takeIn(stream, message);
    }

    private Optional<Rejected> checkSignature(Stream stream, Message message) {
        Manifest manifest = message.manifest();
        return checkSignature(
                message,
                () ->
                        manifest.keys().isPresent()
                                ? manifest.keys().map(text -> keySets.open(stream.channel, text))
                                : stream.keysBefore(manifest.seq()));
    }

    /**
     * @param inForce the sender's statement that signs here: its own in a keys message
     */
    static Optional<Rejected> checkSignature(
            Message message, Supplier<Optional<KeyStatement>> inForce) {
        Manifest manifest = message.manifest();
        PublicSigningKey key;
        try {
            Optional<KeyStatement> statement = inForce.get();
            if (statement.isEmpty()) {
                return Optional.of(
                        new Rejected(
                                Reason.UNKNOWN_KEY,
                                "No key statement of %s has been received; the first message of a channel is one."
                                        .formatted(manifest.from())));
            }
            key = statement.get().key(KeyStatement.Use.MESSAGE);
        } catch (MalformedMessageException | UntrustedKeyException e) {
            return Optional.of(
                    new Rejected(
                            Reason.UNKNOWN_KEY, Optional.ofNullable(e.getMessage()).orElse("")));
        }
        if (!message.jws().kid().equals(key.kid())) {
            return Optional.of(
                    new Rejected(
                            Reason.UNKNOWN_KEY,
                            "Key %s is not the message key of %s at sequence number %d."
                                    .formatted(
                                            message.jws().kid(), manifest.from(), manifest.seq())));
        }
        if (!message.jws().isSignedBy(key)) {
            return Optional.of(
                    new Rejected(
                            Reason.BAD_SIGNATURE,
                            "The signature over message %s does not verify with key %s."
                                    .formatted(manifest.id(), key.kid())));
        }
        return Optional.empty();
    }

    private Outcome takeIn(Stream stream, Message message) {
        Manifest manifest = message.manifest();
        Channel channel = stream.channel;
        Position position = stream.position;
        if (!manifest.previous().equals(Optional.ofNullable(position.digest()))) {
            return keepEvidence(
                    channel,
                    message,
                    Reason.BROKEN_CHAIN,
                    "Message %d names %s as the one before it; here that is %s."
                            .formatted(
                                    manifest.seq(),
                                    manifest.previous().map(Hash::hex).orElse("none"),
                                    position.digest()));
        }
        List<Hash> missing = message.leaves().stream().filter(stream.missing::contains).toList();
        if (!missing.isEmpty()) {
            return new Outcome.Answered(
                    new Rejected(
                            Reason.PARTS_MISSING,
                            "%d of %d parts are missing; upload them first."
                                    .formatted(missing.size(), message.leaves().size()),
                            missing.subList(0, Math.min(missing.size(), 100))));
        }
        if (manifest.keys().isPresent()) {
            KeyStatement statement = keySets.open(channel, manifest.keys().get());
            long before = stream.keys.map(KeyStatement::serial).orElse(0L);
            if (statement.serial() <= before) {
                return keepEvidence(
                        channel,
                        message,
                        Reason.UNKNOWN_KEY,
                        "Key statement %d comes after statement %d."
                                .formatted(statement.serial(), before));
            }
            if (stream.keys.filter(one -> !one.origin().equals(statement.origin())).isPresent()) {
                return keepEvidence(
                        channel,
                        message,
                        Reason.UNKNOWN_KEY,
                        "Key statement %d names another journal; its origin survives every rotation."
                                .formatted(statement.serial()));
            }
            keySets.add(channel, "in", manifest.seq(), statement.serial(), manifest.keys().get());
        }
        long row = store(channel, message);
        stream.reached(manifest, message.jws().digest());
        return new Outcome.Stored(row);
    }

    private long store(Channel channel, Message message) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long row = keep(channel, message, now);
        if (!message.manifest().kind().equals(MessageKind.KEYS.wire())) {
            effects.take(
                    new ReceivedMessage(
                            row,
                            channel,
                            message.manifest(),
                            message.jws().digest(),
                            now,
                            message.leaves(),
                            false));
        }
        return row;
    }

    /** Stores a message that was checked, and journals it. */
    long keep(Channel channel, Message message, Instant at) {
        long row = StoredMessage.insert(jdbc, channel, "in", message, at);
        parts.attach(channel, message.leaves(), row);
        journal.append(EntryKind.MESSAGE_RECEIVED, message.jws().digest(), row);
        return row;
    }

    /** What came too early follows what it waited for; a peer that speaks can be reached again. */
    private void takeInParked(Stream stream) {
        Channel channel = stream.channel;
        jdbc.sql(
                        """
                        update channels set next_attempt_at = '-infinity'
                        where id = :channel and next_attempt_at > '-infinity'
                        """)
                .param("channel", channel.id())
                .update();
        while (true) {
            Optional<Envelope> next =
                    jdbc.sql(
                                    "delete from parked where channel = :channel and seq = :seq returning jws, leaves")
                            .param("channel", channel.id())
                            .param("seq", stream.position.seq() + 1)
                            .query(Inbox::envelope)
                            .optional();
            if (next.isEmpty()) {
                return;
            }
            Message message = Message.parse(next.get().jws(), next.get().leaves());
            boolean taken =
                    checkSignature(stream, message).isEmpty()
                            && parts.missing(channel, message.leaves()).isEmpty()
                            && takeIn(stream, message) instanceof Outcome.Stored;
            if (!taken) {
                return;
            }
        }
    }

    private static Envelope envelope(ResultSet row, int number) throws SQLException {
        return new Envelope(row.getString("jws"), StoredMessage.leaves(row.getBytes("leaves")));
    }

    private Answer park(Channel channel, Message message, Position position) {
        long seq = message.manifest().seq();
        if (seq > position.seq() + WINDOW) {
            return new Rejected(
                    Reason.SEQUENCE_GAP,
                    "Sequence number %d came where %d is next; at most %d messages wait. Send them in order."
                            .formatted(seq, position.seq() + 1, WINDOW));
        }
        jdbc.sql(
                        """
                        insert into parked (channel, seq, jws, leaves, recorded_at)
                        values (:channel, :seq, :jws, :leaves, :now) on conflict do nothing
                        """)
                .param("channel", channel.id())
                .param("seq", seq)
                .param("jws", message.jws().compact())
                .param("leaves", StoredMessage.octets(message.leaves()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return new Answer.Parked();
    }

    private Optional<Known> known(Channel channel, String condition, Object value) {
        return jdbc.sql(
                        """
                        select id, digest from messages
                        where channel = :channel and direction = 'in' and %s
                        """
                                .formatted(condition))
                .param("channel", channel.id())
                .param("value", value)
                .query(Known::from)
                .optional();
    }

    /** What a peer signed against the rules is kept: it proves who broke them. */
    private Outcome keepEvidence(Channel channel, Message message, Reason reason, String detail) {
        int kept =
                jdbc.sql(
                                """
                                insert into evidence (channel, reason, jws, digest, recorded_at)
                                values (:channel, :reason, :jws, :digest, :now) on conflict do nothing
                                """)
                        .param("channel", channel.id())
                        .param("reason", reason.type())
                        .param("jws", message.jws().compact())
                        .param("digest", message.jws().digest().bytes())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (kept == 1) {
            journal.append(EntryKind.EVIDENCE, message.jws().digest());
        }
        return new Outcome.Answered(new Rejected(reason, detail));
    }
}
