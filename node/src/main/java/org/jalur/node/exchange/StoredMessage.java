package org.jalur.node.exchange;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jalur.channel.Message;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of {@code messages}: the octets as they were signed. */
record StoredMessage(
        long row,
        int channel,
        long seq,
        String kind,
        String jws,
        List<Hash> leaves,
        Instant recordedAt) {
    static final String COLUMNS =
            "messages.id, messages.channel, messages.seq, messages.kind, messages.jws, messages.leaves, messages.recorded_at";

    static StoredMessage from(ResultSet row, int number) throws SQLException {
        return new StoredMessage(
                row.getLong("id"),
                row.getInt("channel"),
                row.getLong("seq"),
                row.getString("kind"),
                row.getString("jws"),
                leaves(row.getBytes("leaves")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    /** Stores a message and moves its stream on; one to be sent goes into the outbox as well. */
    static long insert(
            JdbcClient jdbc, Channel channel, String direction, Message message, Instant now) {
        return insert(jdbc, channel, direction, message, now, Duration.ZERO);
    }

    /**
     * @param allowance the deadline of a message to be sent; zero where it has none
     */
    static long insert(
            JdbcClient jdbc,
            Channel channel,
            String direction,
            Message message,
            Instant now,
            Duration allowance) {
        return jdbc.sql(
                        """
                        with stored as (
                            insert into messages
                                (channel, direction, seq, message_id, kind, about, digest, jws, leaves, sent_at, recorded_at)
                            values (:channel, :direction, :seq, :id, :kind, :about, :digest, :jws, :leaves, :sentAt, :now)
                            returning id, direction),
                        moved as (
                            update streams set seq = :seq, digest = :digest
                            where channel = :channel and direction = :direction),
                        queued as (
                            insert into outbox (message, channel, seq, recorded_at, allowance_seconds)
                            select id, :channel, :seq, :now, :allowance from stored where direction = 'out')
                        select id from stored
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .param("seq", message.manifest().seq())
                .param("id", message.manifest().id())
                .param("kind", message.manifest().kind())
                .param("about", message.manifest().about().orElse(null))
                .param("digest", message.jws().digest().bytes())
                .param("jws", message.jws().compact())
                .param("leaves", octets(message.leaves()))
                .param("sentAt", message.manifest().time().atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("allowance", allowance.toSeconds())
                .query(Long.class)
                .single();
    }

    Message parsed() {
        return Message.parse(jws, leaves);
    }

    static byte[] octets(List<Hash> leaves) {
        ByteBuffer all = ByteBuffer.allocate(leaves.size() * Hash.BYTES);
        leaves.forEach(leaf -> all.put(leaf.bytes()));
        return all.array();
    }

    static List<Hash> leaves(byte[] octets) {
        if (octets.length % Hash.BYTES != 0) {
            throw new IllegalArgumentException(
                    "leaves of %d octets are not whole digests".formatted(octets.length));
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        var leaves = new ArrayList<Hash>(octets.length / Hash.BYTES);
        byte[] leaf = new byte[Hash.BYTES];
        while (in.hasRemaining()) {
            in.get(leaf);
            leaves.add(Hash.of(leaf));
        }
        return leaves;
    }
}
