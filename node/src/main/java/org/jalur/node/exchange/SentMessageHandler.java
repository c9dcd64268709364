package org.jalur.node.exchange;

import java.util.Set;
import org.jalur.channel.MessageKind;

/**
 * What a feature makes of a message that this node once sent, when it comes back from the peer to a
 * database that lost it: the rows that were written with it then.
 */
public interface SentMessageHandler {
    Set<MessageKind> kinds();

    /**
     * In the transaction that stores the message, in the order of the journal. Nothing is sent,
     * journaled or enforced: that was done then.
     *
     * @param contents what it says, as far as it is not erased
     */
    void restore(SentMessage message, Contents contents);
}
