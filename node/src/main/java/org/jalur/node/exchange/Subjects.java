package org.jalur.node.exchange;

import java.util.Optional;
import java.util.UUID;
import org.jalur.evidence.Subject;

/**
 * What people call the subject of messages on this node: an authority its notices, a platform its
 * cases.
 */
public interface Subjects {
    /**
     * @param notice that the messages of the channel are about
     */
    record Known(Channel channel, UUID notice) {}

    /** What they are here: notices or cases. */
    Subject.Kind kind();

    /**
     * @throws org.jalur.node.web.ProblemException if there is none, or it was never sent
     */
    Known known(UUID subject);

    /** The notice or case of a notice that the channel speaks about. */
    Optional<UUID> subject(Channel channel, UUID notice);
}
