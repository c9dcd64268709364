package org.jalur.node.exchange;

import java.util.List;
import java.util.Set;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

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
     * @param leaves of its parts, in order
     * @param parts all of them, in the same order
     */
    void restore(SentMessage message, List<Hash> leaves, List<Part> parts);
}
