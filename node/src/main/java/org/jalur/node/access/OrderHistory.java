package org.jalur.node.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.text.EventText;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to orders, by their reference, for pages that tell more than one thing. */
@Component
public class OrderHistory {
    private final JdbcClient jdbc;
    private final AccessBlocks blocks;

    OrderHistory(JdbcClient jdbc, AccessBlocks blocks) {
        this.jdbc = jdbc;
        this.blocks = blocks;
    }

    /**
     * @param type of an event in the words of the protocol
     */
    public record Happened(UUID block, String type, Instant at) {}

    /** Of the newest order with a reference: its events, in the order in which they were told. */
    public List<Happened> of(String reference) {
        return jdbc.sql(
                        """
                        select id from access_orders where reference = :reference
                        order by sent_at desc, id limit 1
                        """)
                .param("reference", reference)
                .query(UUID.class)
                .optional()
                .map(blocks::one)
                .map(OrderHistory::events)
                .orElse(List.of());
    }

    private static List<Happened> events(Block block) {
        return block.said().stream().flatMap(said -> event(block.id(), said).stream()).toList();
    }

    private static Optional<Happened> event(UUID block, Block.Happened said) {
        return switch (said.what()) {
            case Block.What.Event(var event, _) ->
                    Optional.of(new Happened(block, EventText.type(event), event.at()));
            case Block.What.Answer _, Block.What.Refused _, Block.What.Gone _ -> Optional.empty();
        };
    }
}
