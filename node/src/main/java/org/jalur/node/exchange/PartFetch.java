package org.jalur.node.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.springframework.stereotype.Component;

/** Fetches parts from a peer, as many calls as it takes. */
@Component
class PartFetch {
    private static final int LEAVES_AT_ONCE = 2_000;

    private final PeerClient peers;
    private final PartStore parts;

    PartFetch(PeerClient peers, PartStore parts) {
        this.peers = peers;
        this.parts = parts;
    }

    /** Fetches what is not here, and keeps it until its message comes. */
    void missing(Channel channel, Collection<Hash> leaves) throws IOException {
        List<Hash> missing = parts.missing(channel, List.copyOf(new HashSet<>(leaves)));
        fetch(channel, missing, fetched -> parts.receive(channel, fetched));
    }

    /** An answer holds what fits; who does not give anything more has nothing more. */
    void fetch(Channel channel, List<Hash> leaves, Consumer<List<Part>> keep) throws IOException {
        for (int from = 0; from < leaves.size(); from += LEAVES_AT_ONCE) {
            Set<Hash> wanted =
                    new HashSet<>(
                            leaves.subList(from, Math.min(leaves.size(), from + LEAVES_AT_ONCE)));
            while (!wanted.isEmpty()) {
                List<Part> fetched = peers.fetch(channel, List.copyOf(wanted));
                var asked = new ArrayList<Part>();
                for (Part part : fetched) {
                    if (wanted.remove(part.leaf())) {
                        asked.add(part);
                    }
                }
                if (asked.isEmpty()) {
                    break;
                }
                keep.accept(asked);
            }
        }
    }
}
