package org.jalur.node.objections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.jalur.access.order.OrderEvent;
import org.jalur.node.access.BlockWatcher;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.exchange.DraftKeys;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Objections that the platform was told of and a lost database forgot: with their clock, and their
 * answer if there is one. What was written never left this node, and neither did the secret of the
 * link; both are lost with the database.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class RestoredObjections implements BlockWatcher {
    private final JdbcClient jdbc;
    private final PublicBlocks blocks;
    private final DraftKeys keys;

    RestoredObjections(JdbcClient jdbc, PublicBlocks blocks, DraftKeys keys) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.keys = keys;
    }

    @Override
    public void changed(UUID block) {
        for (OrderEvent event : blocks.objections(block)) {
            if (event instanceof OrderEvent.Objected objected) {
                filed(block, objected);
            } else if (event instanceof OrderEvent.ObjectionAnswered answered) {
                answered(block, answered);
            }
        }
    }

    private void filed(UUID block, OrderEvent.Objected objected) {
        jdbc.sql(
                        """
                        insert into objections (id, block, reference, kind, filed_at, answer_by, told)
                        values (:id, :block, :reference, 'objection', :at, :answerBy, true)
                        on conflict do nothing
                        """)
                .param("id", id(block, objected.id()))
                .param("block", block)
                .param("reference", objected.id())
                .param("at", Objections.at(objected.at()))
                .param("answerBy", Objections.at(objected.answerBy()))
                .update();
    }

    private void answered(UUID block, OrderEvent.ObjectionAnswered answered) {
        jdbc.sql(
                        """
                        select id from objections where block = :block and reference = :reference
                            and not exists (select 1 from objection_answers where objection = objections.id)
                        """)
                .param("block", block)
                .param("reference", answered.id())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(id ->
                        jdbc.sql(
                                        """
                                        insert into objection_answers (objection, upheld, sealed, at)
                                        values (:id, :upheld, :sealed, :at)
                                        """)
                                .param("id", id)
                                .param("upheld", answered.upheld())
                                .param("sealed", keys.box(id).seal(answered.reasons()))
                                .param("at", Objections.at(answered.at()))
                                .update());
    }

    private static UUID id(UUID block, String reference) {
        return UUID.nameUUIDFromBytes((block + "/" + reference).getBytes(UTF_8));
    }
}
