package org.jalur.node.access;

import java.util.Set;
import java.util.UUID;
import org.jalur.access.order.BlockedName;
import org.jalur.node.web.ProblemException;
import org.springframework.stereotype.Component;

/** What an order is about, for who measures it. */
@Component
public class OrderedNames {
    private final AccessBlocks blocks;

    OrderedNames(AccessBlocks blocks) {
        this.blocks = blocks;
    }

    /** The names of an order, whatever became of them. */
    public record Ordered(String reference, Set<BlockedName> names) {
        public Ordered {
            names = Set.copyOf(names);
        }
    }

    /**
     * @throws ProblemException 404 if there is no such order
     */
    public Ordered of(UUID block) {
        Block one = blocks.one(block);
        return new Ordered(one.of().reference(), Set.copyOf(one.of().names()));
    }
}
