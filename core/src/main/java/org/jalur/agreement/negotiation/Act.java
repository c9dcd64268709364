package org.jalur.agreement.negotiation;

import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Version;
import org.jalur.log.Hash;

/** What a party did about a proposal; each is a message of its own. */
public sealed interface Act {
    UUID proposal();

    /**
     * @param digest of the octets proposed
     * @param declines the proposal to which this is the counter-proposal
     */
    record Proposed(UUID proposal, Side by, Version version, Hash digest, Optional<UUID> declines)
            implements Act {}

    record Signed(UUID proposal, Side by) implements Act {}

    /** The other side's node did not take it: the proposal is dead on both. */
    record Refused(UUID proposal) implements Act {}
}
