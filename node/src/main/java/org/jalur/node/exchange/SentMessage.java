package org.jalur.node.exchange;

import org.jalur.channel.Manifest;
import org.jalur.log.Hash;

/** A message of this node, signed and stored; it is delivered once there is a receipt. */
public record SentMessage(long row, Channel channel, Manifest manifest, Hash digest) {
    public long seq() {
        return manifest.seq();
    }
}
