package org.jalur.node.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.text.EventText;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.exchange.Exchange;
import org.springframework.stereotype.Component;

/** What an authority says about its order: each event a message about the order, with its row. */
@Component
class EventMessages {
    private final Exchange exchange;
    private final OrderRows rows;

    EventMessages(Exchange exchange, OrderRows rows) {
        this.exchange = exchange;
        this.rows = rows;
    }

    /**
     * The caller holds the block's row.
     *
     * @throws InvalidAccessException if it does not fit to what is known to have happened
     */
    void send(Block block, OrderEvent event) {
        send(block, event, Optional.empty());
    }

    /**
     * @param record that the event names as its evidence
     */
    void send(Block block, OrderEvent event, Optional<Part> record) {
        block.course()
                .refusal(event)
                .ifPresent(refusal -> {
                    throw refusal;
                });
        write(block, event, record);
    }

    /** A vain try counts from when it was, before what was recorded since. */
    void sendAttempt(Block block, OrderEvent.Announced announced) {
        write(block, announced, Optional.empty());
    }

    private void write(Block block, OrderEvent event, Optional<Part> record) {
        Part part = Part.of(OrderMessages.EVENT, EventText.write(event));
        List<Part> parts = new ArrayList<>(List.of(part));
        record.ifPresent(parts::add);
        rows.add(
                block.id(),
                exchange.send(
                                block.channel(),
                                new Exchange.Draft(
                                        UUID.randomUUID(),
                                        MessageKind.ACCESS_EVENT,
                                        Optional.of(block.order()),
                                        Optional.of(block.agreement()),
                                        parts))
                        .row(),
                OrderRows.Kind.EVENT,
                part.leaf());
    }
}
