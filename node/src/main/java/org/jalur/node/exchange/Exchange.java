package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.WorkingKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends: signs a message, stores and journals it, and puts it into the outbox, in one transaction.
 */
@Component
public class Exchange {
    private final JdbcClient jdbc;
    private final OwnKeys keys;
    private final KeySets keySets;
    private final PartStore parts;
    private final Journal journal;
    private final PublishedLog published;
    private final Clock clock;

    Exchange(
            JdbcClient jdbc,
            OwnKeys keys,
            KeySets keySets,
            PartStore parts,
            Journal journal,
            PublishedLog published,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.keySets = keySets;
        this.parts = parts;
        this.journal = journal;
        this.published = published;
        this.clock = clock;
    }

    /**
     * What a message says, before it has its place in the channel.
     *
     * @param deadline from the receipt to the decision, for what asks for one
     */
    public record Draft(
            UUID id,
            MessageKind kind,
            Optional<UUID> about,
            Optional<Hash> agreement,
            Optional<Duration> deadline,
            List<Part> parts) {
        public Draft {
            parts = List.copyOf(parts);
        }

        /** A message that sets no deadline. */
        public Draft(
                UUID id,
                MessageKind kind,
                Optional<UUID> about,
                Optional<Hash> agreement,
                List<Part> parts) {
            this(id, kind, about, agreement, Optional.empty(), parts);
        }
    }

    /**
     * Where a stream stands.
     *
     * @param keySerial of the own keys that the peer was told of
     */
    private record Position(
            long sentSeq,
            @Nullable Hash sentDigest,
            long keySerial,
            long receivedSeq,
            @Nullable String peerCheckpoint) {
        static Position from(ResultSet row, int number) throws SQLException {
            byte[] digest = row.getBytes("digest");
            return new Position(
                    row.getLong("seq"),
                    digest == null ? null : Hash.of(digest),
                    row.getLong("key_serial"),
                    row.getLong("received"),
                    row.getString("peer_checkpoint"));
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public SentMessage send(Channel channel, Draft draft) {
        // Sealing takes longer than anything else here: it is done before the stream is locked.
        PartStore.Sealed sealed = parts.seal(channel, draft.parts());
        Position position = lock(channel);
        WorkingKeys signing = keys.atLeast(position.keySerial());
        if (position.keySerial() < signing.serial()) {
            announce(channel, position, signing);
            position = lock(channel);
        }
        return write(channel, position, draft, sealed, Optional.empty(), signing);
    }

    /** Tells the peer which keys sign from now on; does nothing if it was told. */
    @Transactional
    public void announceKeys(Channel channel) {
        announceKeys(channel, keys.current());
    }

    /** Tells the peer of keys that come into force with this transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void announceKeys(Channel channel, WorkingKeys signing) {
        Position position = lock(channel);
        if (position.keySerial() < signing.serial()) {
            announce(channel, position, signing);
        }
    }

    /** A keys message is signed with the key that it brings. */
    private void announce(Channel channel, Position position, WorkingKeys signing) {
        var draft =
                new Draft(
                        UUID.randomUUID(),
                        MessageKind.KEYS,
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        SentMessage sent =
                write(
                        channel,
                        position,
                        draft,
                        parts.seal(channel, List.of()),
                        Optional.of(signing.signedStatement()),
                        signing);
        keySets.announced(channel, sent.seq(), signing.serial(), signing.signedStatement());
    }

    /** Answers a message whose content breaks the agreement; the message itself stays receipted. */
    @Transactional(propagation = Propagation.MANDATORY)
    public SentMessage refuse(ReceivedMessage message, Refusal refusal) {
        if (message.again()) {
            throw new IllegalStateException("nothing is signed while messages come back");
        }
        return send(
                message.channel(),
                new Draft(
                        UUID.randomUUID(),
                        MessageKind.REFUSAL,
                        Optional.of(message.manifest().about().orElse(message.manifest().id())),
                        message.manifest().agreement(),
                        List.of(Parts.json("refusal", refusal.of(message.manifest().id())))));
    }

    private SentMessage write(
            Channel channel,
            Position position,
            Draft draft,
            PartStore.Sealed sealed,
            Optional<String> statement,
            WorkingKeys signing) {
        List<Hash> leaves = sealed.leaves();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var manifest =
                new Manifest(
                        draft.id(),
                        channel.local(),
                        channel.peer(),
                        position.sentSeq() + 1,
                        Optional.ofNullable(position.sentDigest()),
                        draft.kind().wire(),
                        draft.about(),
                        now,
                        draft.agreement(),
                        new Manifest.Parts(leaves.size(), MerkleTree.root(leaves)),
                        statement,
                        published.quoted(),
                        new Manifest.Seen(
                                position.receivedSeq(),
                                Optional.ofNullable(position.peerCheckpoint())));
        Message message = Message.sign(manifest, leaves, signing.message());
        long row =
                StoredMessage.insert(
                        jdbc, channel, "out", message, now, draft.deadline().orElse(Duration.ZERO));
        parts.keep(sealed, row);
        journal.append(EntryKind.MESSAGE_SENT, message.jws().digest(), row);
        return new SentMessage(row, channel, manifest, message.jws().digest());
    }

    private Position lock(Channel channel) {
        return jdbc.sql(
                        """
                        select sent.seq, sent.digest, sent.key_serial, received.seq as received, peer_checkpoint
                        from streams sent
                        join streams received on received.channel = sent.channel and received.direction = 'in'
                        join channels on channels.id = sent.channel
                        where sent.channel = :channel and sent.direction = 'out'
                        for no key update of sent
                        """)
                .param("channel", channel.id())
                .query(Position::from)
                .single();
    }
}
