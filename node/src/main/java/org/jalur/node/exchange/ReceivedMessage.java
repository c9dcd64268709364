package org.jalur.node.exchange;

import java.time.Instant;
import java.util.List;
import org.jalur.channel.Manifest;
import org.jalur.log.Hash;

/**
 * A message of a peer, checked and stored.
 *
 * @param row where it is stored
 * @param receivedAt what its receipt says; every clock counts from here
 * @param leaves of its parts, in order
 * @param again whether it was taken in before and comes back to a database that lost it
 */
public record ReceivedMessage(
        long row,
        Channel channel,
        Manifest manifest,
        Hash digest,
        Instant receivedAt,
        List<Hash> leaves,
        boolean again) {
    public ReceivedMessage {
        leaves = List.copyOf(leaves);
    }

    /** The same as far as its first parts. */
    ReceivedMessage with(List<Hash> some) {
        return new ReceivedMessage(row, channel, manifest, digest, receivedAt, some, again);
    }
}
