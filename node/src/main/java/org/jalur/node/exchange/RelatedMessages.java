package org.jalur.node.exchange;

import java.util.List;
import java.util.UUID;

/** Messages that are about themselves and belong to a notice or an order all the same. */
public interface RelatedMessages {
    /** Their rows. */
    List<Long> related(Channel channel, UUID subject);
}
