package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.Message;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.notice.Erasure;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages that came back from peers and do not stand in the database yet. */
@Component
class Recovered {
    private final JdbcClient jdbc;
    private final PartStore parts;

    Recovered(JdbcClient jdbc, PartStore parts) {
        this.jdbc = jdbc;
        this.parts = parts;
    }

    /**
     * @param receipt as the peer gave it
     * @param missing parts that are not here
     * @param recordedAt when this node stored it, as far as anybody can know
     * @param stored whether only the receipt is missing
     * @param place in the journal
     */
    record Row(
            String direction,
            Message message,
            Optional<String> receipt,
            int missing,
            Instant recordedAt,
            boolean stored,
            Optional<Long> place) {
        static Row from(ResultSet row, int number) throws SQLException {
            long place = row.getLong("log_index");
            boolean placed = !row.wasNull();
            return new Row(
                    row.getString("direction"),
                    Message.parse(
                            row.getString("jws"), StoredMessage.leaves(row.getBytes("leaves"))),
                    Optional.ofNullable(row.getString("receipt")),
                    row.getInt("missing"),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("stored"),
                    placed ? Optional.of(place) : Optional.empty());
        }

        long seq() {
            return message.manifest().seq();
        }
    }

    /** What is done next: a message is stored, or the receipt of one. */
    record Step(int channel, String direction, long seq, boolean receipt) {
        static Step from(ResultSet row, int number) throws SQLException {
            return new Step(
                    row.getInt("channel"),
                    row.getString("direction"),
                    row.getLong("seq"),
                    row.getBoolean("is_receipt"));
        }
    }

    void add(Channel channel, Row row) {
        Message message = row.message();
        jdbc.sql(
                        """
                        insert into recovered (channel, direction, seq, kind, about, digest, jws, leaves, statement,
                            receipt, seen, missing, recorded_at, stored, log_index)
                        values (:channel, :direction, :seq, :kind, :about, :digest, :jws, :leaves, :statement,
                            :receipt, :seen, :missing, :at, :stored, :place)
                        on conflict do nothing
                        """)
                .param("channel", channel.id())
                .param("direction", row.direction())
                .param("seq", row.seq())
                .param("kind", message.manifest().kind())
                .param("about", message.manifest().about().orElse(null))
                .param("digest", message.jws().digest().bytes())
                .param("jws", message.jws().compact())
                .param("leaves", StoredMessage.octets(message.leaves()))
                .param("statement", row.stored() ? null : message.manifest().keys().orElse(null))
                .param("receipt", row.receipt().orElse(null))
                .param("seen", message.manifest().seen().seq())
                .param("missing", row.missing())
                .param("at", row.recordedAt().atOffset(ZoneOffset.UTC))
                .param("stored", row.stored())
                .param("place", row.place().orElse(null))
                .update();
    }

    /** Of a direction's last message, that came back or was there; 0 for none. */
    long reached(Channel channel, String direction) {
        return jdbc.sql(
                        """
                        select greatest(
                            (select seq from streams where channel = :channel and direction = :direction),
                            (select max(seq) from recovered where channel = :channel and direction = :direction))
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .query(Long.class)
                .single();
    }

    /** From where on messages or receipts of a direction are missing. */
    long missingFrom(Channel channel, String direction) {
        return jdbc.sql(
                        """
                        select coalesce(
                            (select max(seq) + 1 from recovered where channel = :channel and direction = :direction),
                            (select min(seq) from messages where channel = :channel and direction = :direction
                                and not exists (select 1 from receipts where receipts.message = messages.id)),
                            (select seq + 1 from streams where channel = :channel and direction = :direction))
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .query(Long.class)
                .single();
    }

    /** Digest of the message at a place of a direction; empty before the first. */
    Optional<Hash> digest(Channel channel, String direction, long seq) {
        return jdbc.sql(
                        """
                        select digest from messages
                        where channel = :channel and direction = :direction and seq = :seq
                        union all
                        select digest from recovered
                        where channel = :channel and direction = :direction and seq = :seq and not stored
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .param("seq", seq)
                .query((row, _) -> Hash.of(row.getBytes("digest")))
                .optional();
    }

    /** How far a sender's messages that came back say it had taken in the other direction. */
    long seen(Channel channel, String direction) {
        return jdbc.sql(
                        "select coalesce(max(seen), 0) from recovered where channel = :channel and direction = :direction")
                .param("channel", channel.id())
                .param("direction", direction)
                .query(Long.class)
                .single();
    }

    List<Row> unchecked(Channel channel, int most) {
        return jdbc.sql(
                        """
                        select * from recovered where channel = :channel and not checked
                        order by direction, seq limit :most
                        """)
                .param("channel", channel.id())
                .param("most", most)
                .query(Row::from)
                .list();
    }

    /** Own messages that the peer has, and the journal here does not. */
    List<Row> notJournaled(Channel channel) {
        return jdbc.sql(
                        """
                        select * from recovered
                        where channel = :channel and direction = 'out' and log_index is null and not stored
                        order by seq
                        """)
                .param("channel", channel.id())
                .query(Row::from)
                .list();
    }

    /** Leaves that a message of either side erased: nobody can give their parts back. */
    Set<Hash> erased(Channel channel) {
        List<Row> erasures =
                jdbc
                        .sql("select * from recovered where channel = :channel order by seq")
                        .param("channel", channel.id())
                        .query(Row::from)
                        .list()
                        .stream()
                        .filter(row ->
                                row.message().manifest().kind().equals(MessageKind.ERASURE.wire()))
                        .toList();
        Set<Hash> leaves = new HashSet<>();
        for (Row row : erasures) {
            for (Part part : parts.contents(channel, row.message().leaves()).present()) {
                Parts.read(part, Erasure.class).leaves().stream()
                        .map(Hash::parseHex)
                        .forEach(leaves::add);
            }
        }
        return leaves;
    }

    List<Row> withoutParts(Channel channel) {
        return jdbc.sql(
                        "select * from recovered where channel = :channel and missing > 0 order by seq")
                .param("channel", channel.id())
                .query(Row::from)
                .list();
    }

    void found(Channel channel, Row row, int missing) {
        jdbc.sql(
                        """
                        update recovered set missing = :missing
                        where channel = :channel and direction = :direction and seq = :seq
                        """)
                .param("missing", missing)
                .param("channel", channel.id())
                .param("direction", row.direction())
                .param("seq", row.seq())
                .update();
    }

    /**
     * @param receipt that holds; absent where there is none, or none that counts
     * @param receiptIndex when it is stored, where that is not with the message
     */
    void checked(
            Channel channel,
            Row row,
            @Nullable String receipt,
            Instant recordedAt,
            @Nullable Long receiptIndex) {
        jdbc.sql(
                        """
                        update recovered set checked = true, receipt = :receipt, recorded_at = :at,
                            receipt_index = :index
                        where channel = :channel and direction = :direction and seq = :seq
                        """)
                .param("receipt", receipt)
                .param("at", recordedAt.atOffset(ZoneOffset.UTC))
                .param("index", receiptIndex)
                .param("channel", channel.id())
                .param("direction", row.direction())
                .param("seq", row.seq())
                .update();
        if (row.stored() && receiptIndex == null) {
            stored(new Step(channel.id(), row.direction(), row.seq(), true));
        }
    }

    /** In the order of the journal; what it does not have comes last. */
    List<Step> steps() {
        return jdbc.sql(
                        """
                        select channel, direction, seq, is_receipt from (
                            select channel, direction, seq, false as is_receipt, log_index as place
                            from recovered where not stored
                            union all
                            select channel, direction, seq, true, receipt_index
                            from recovered where receipt_index is not null) as steps
                        order by place nulls last, is_receipt, channel, direction, seq
                        """)
                .query(Step::from)
                .list();
    }

    Optional<Row> of(Step step) {
        return jdbc.sql(
                        "select * from recovered where channel = :channel and direction = :direction and seq = :seq")
                .param("channel", step.channel())
                .param("direction", step.direction())
                .param("seq", step.seq())
                .query(Row::from)
                .optional();
    }

    /** The message stands in the database; the row goes with the last thing it is needed for. */
    void stored(Step step) {
        jdbc.sql(
                        """
                        with done as (
                            delete from recovered where channel = :channel and direction = :direction and seq = :seq
                                and (receipt_index is null or :receipt))
                        update recovered set stored = true, statement = null
                        where channel = :channel and direction = :direction and seq = :seq
                            and receipt_index is not null and not :receipt
                        """)
                .param("channel", step.channel())
                .param("direction", step.direction())
                .param("seq", step.seq())
                .param("receipt", step.receipt())
                .update();
    }

    /** Whether this node refused a received message when it came first. */
    boolean isRefused(Channel channel, Row row) {
        UUID about = row.message().manifest().about().orElse(row.message().manifest().id());
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from recovered refusal
                            where channel = :channel and direction = 'out' and kind = 'refusal' and about = :about
                                and log_index > :place
                                and not exists (
                                    select 1 from recovered later
                                    where later.channel = :channel and later.direction = 'in'
                                        and later.about = :about and later.log_index > :place
                                        and later.log_index < refusal.log_index))
                        """)
                .param("channel", channel.id())
                .param("about", about)
                .param("place", row.place().orElse(Long.MAX_VALUE))
                .query(Boolean.class)
                .single();
    }

    void forget(Channel channel) {
        jdbc.sql("delete from recovered where channel = :channel")
                .param("channel", channel.id())
                .update();
    }

    /** Waited for a message before them, which has come back. */
    void forgetParked() {
        jdbc.sql(
                        """
                        delete from parked using streams
                        where streams.channel = parked.channel and streams.direction = 'in'
                            and parked.seq <= streams.seq
                        """)
                .update();
    }
}
