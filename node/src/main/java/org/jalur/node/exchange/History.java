package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.node.exchange.Answer.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was said on a channel, for a peer that lost it: either direction, in pages, each message
 * with its receipt. Own messages only once they stand in the journal, as with every delivery.
 */
@Component
class History {
    private static final int MOST_MESSAGES = Inbox.WINDOW;

    /** Octets of messages, leaves and receipts in one page, beyond its first message: 8 MiB. */
    private static final int MOST_OCTETS = 8 * 1024 * 1024;

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(StoredMessage message, Optional<String> receipt) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    StoredMessage.from(row, number), Optional.ofNullable(row.getString("receipt")));
        }

        Wire.Past past() {
            Wire.OneMessage one = Wire.OneMessage.of(message);
            return new Wire.Past(one.jws(), one.leaves(), receipt);
        }
    }

    Wire.Page page(Channel channel, Wire.Asked asked) {
        String direction = direction(channel, asked.of());
        long last =
                jdbc.sql(
                                """
                                select coalesce((
                                    select seq from messages
                                    where channel = :channel and direction = :direction and not exists (
                                        select 1 from outbox where outbox.message = messages.id and not integrated)
                                    order by seq desc limit 1), 0)
                                """)
                        .param("channel", channel.id())
                        .param("direction", direction)
                        .query(Long.class)
                        .single();
        List<Row> rows =
                jdbc.sql(
                                """
                                select * from (
                                    select %s, receipts.jws as receipt,
                                        octet_length(messages.jws) + octet_length(leaves)
                                            + coalesce(octet_length(receipts.jws), 0) as octets,
                                        sum(octet_length(messages.jws) + octet_length(leaves)
                                            + coalesce(octet_length(receipts.jws), 0)) over (order by seq) as total
                                    from messages left join receipts on receipts.message = messages.id
                                    where channel = :channel and direction = :direction
                                        and seq between :from and :to) as page
                                where total - octets <= :most order by seq
                                """
                                        .formatted(StoredMessage.COLUMNS))
                        .param("channel", channel.id())
                        .param("direction", direction)
                        .param("from", asked.from())
                        .param("to", Math.min(last, asked.from() + MOST_MESSAGES - 1))
                        .param("most", MOST_OCTETS)
                        .query(Row::from)
                        .list();
        return new Wire.Page(rows.stream().map(Row::past).toList(), last);
    }

    private static String direction(Channel channel, String of) {
        if (of.equals(channel.peer().value())) {
            return "in";
        }
        if (of.equals(channel.local().value())) {
            return "out";
        }
        throw new ChannelProblemException(
                Reason.MALFORMED,
                "\"of\" is one of the two parties of this channel, %s or %s."
                        .formatted(channel.local(), channel.peer()));
    }

    /** Who signed the messages of a direction, as this node sees it. */
    static PartyId sender(Channel channel, String direction) {
        return direction.equals("in") ? channel.peer() : channel.local();
    }
}
