package org.jalur.node.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders, and what was said about them: one row for each message, in either direction. */
@Component
class OrderRows {
    private final JdbcClient jdbc;

    OrderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a message about an order holds. */
    enum Kind {
        EVENT,
        ANSWER,
        REFUSAL;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param own whether this side sent it
     * @param order id of its message
     * @param leaf of the part with the order
     * @param approvals leaf of the part with its approvals
     */
    record New(
            Channel channel,
            boolean own,
            UUID order,
            long message,
            String reference,
            Hash agreement,
            Hash leaf,
            Hash approvals,
            Instant sentAt) {
        /** Two authorities may choose the same id, so a platform has ids of its own. */
        UUID block() {
            return own
                    ? order
                    : UUID.nameUUIDFromBytes((channel.peer() + "/" + order).getBytes(UTF_8));
        }
    }

    void add(New order) {
        jdbc.sql(
                        """
                        insert into access_orders (id, channel, direction, order_id, message, reference, agreement, leaf,
                            approvals_leaf, sent_at)
                        values (:id, :channel, :direction, :order, :message, :reference, :agreement, :leaf, :approvals,
                            :sentAt)
                        """)
                .param("id", order.block())
                .param("channel", order.channel().id())
                .param("direction", order.own() ? "out" : "in")
                .param("order", order.order())
                .param("message", order.message())
                .param("reference", order.reference())
                .param("agreement", order.agreement().bytes())
                .param("leaf", order.leaf().bytes())
                .param("approvals", order.approvals().bytes())
                .param("sentAt", order.sentAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void add(UUID block, long message, Kind kind, Hash leaf) {
        jdbc.sql(
                        """
                        insert into access_events (message, block, kind, leaf)
                        values (:message, :block, :kind, :leaf)
                        """)
                .param("message", message)
                .param("block", block)
                .param("kind", kind.wire())
                .param("leaf", leaf.bytes())
                .update();
    }

    /** The block that a channel's order became; empty if there is none of that id. */
    Optional<UUID> block(Channel channel, UUID order) {
        return jdbc.sql(
                        "select id from access_orders where channel = :channel and order_id = :order")
                .param("channel", channel.id())
                .param("order", order)
                .query(UUID.class)
                .optional();
    }

    /** What people know a block by. */
    String reference(UUID block) {
        return jdbc.sql("select reference from access_orders where id = :id")
                .param("id", block)
                .query(String.class)
                .single();
    }
}
