package org.jalur.node.exchange;

import java.util.Set;
import org.jalur.channel.MessageKind;

/** What a feature does with messages of its kinds. */
public interface MessageHandler {
    Set<MessageKind> kinds();

    /**
     * Whether a message is about something that this feature has sent. Asked only where several
     * features take its kind: an answer goes to the one whose message it answers.
     */
    default boolean isAboutOwn(ReceivedMessage message) {
        return false;
    }

    /**
     * Takes effect in the transaction that stores the message. What the content breaks is answered
     * by {@link Exchange#refuse}; an exception rolls the effect back, keeps the message, and has
     * the effect tried again.
     */
    void handle(ReceivedMessage message);
}
