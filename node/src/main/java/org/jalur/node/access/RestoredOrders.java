package org.jalur.node.access;

import java.util.Set;
import java.util.UUID;
import org.jalur.access.text.OrderText;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders, events and answers that this side sent and its database lost. */
@Component
class RestoredOrders implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final OrderRows rows;
    private final BlockLooks looks;
    private final DraftKeys keys;
    private final Agreements agreements;

    RestoredOrders(
            JdbcClient jdbc,
            OrderRows rows,
            BlockLooks looks,
            DraftKeys keys,
            Agreements agreements) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.looks = looks;
        this.keys = keys;
        this.agreements = agreements;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(
                MessageKind.ACCESS_ORDER, MessageKind.ACCESS_EVENT, MessageKind.ACCESS_ANSWER);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        String kind = message.manifest().kind();
        if (kind.equals(MessageKind.ACCESS_ORDER.wire())) {
            ordered(message, contents);
            return;
        }
        UUID block =
                message.manifest()
                        .about()
                        .flatMap(order -> rows.block(message.channel(), order))
                        .orElseThrow(() ->
                                new MalformedMessageException("a message about no known order"));
        rows.add(
                block,
                message.row(),
                kind.equals(MessageKind.ACCESS_EVENT.wire())
                        ? OrderRows.Kind.EVENT
                        : OrderRows.Kind.ANSWER,
                contents.leaf(0));
    }

    private void ordered(SentMessage message, Contents contents) {
        UUID id = message.manifest().id();
        String reference =
                contents.at(0)
                        .map(part -> OrderText.read(part.bytes()).order().reference())
                        .orElseThrow(
                                () -> new MalformedMessageException("an order without its part"));
        agreements.named(message);
        // The backup may still have it as a draft.
        jdbc.sql("delete from access_draft_approvals where draft = :id").param("id", id).update();
        jdbc.sql("delete from access_drafts where id = :id").param("id", id).update();
        keys.destroy(id);
        rows.add(
                new OrderRows.New(
                        message.channel(),
                        true,
                        id,
                        message.row(),
                        reference,
                        message.manifest().agreement().orElseThrow(),
                        contents.leaf(0),
                        contents.leaf(1),
                        message.manifest().time()));
        looks.open(id);
    }
}
