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
 */
public record ReceivedMessage(
        long row,
        Channel channel,
        Manifest manifest,
        Hash digest,
        Instant receivedAt,
        List<Hash> leaves) {
    public ReceivedMessage {
        leaves = List.copyOf(leaves);
    }
}
