package org.jalur.node.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.log.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches the messages of a peer that cannot call this node. The same checks, the same receipts:
 * only who opens the connection differs.
 */
@Component
class Puller {
    private static final Logger log = LoggerFactory.getLogger(Puller.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LEAVES_AT_ONCE = 2_000;

    private final PeerClient peers;
    private final PartStore parts;
    private final Inbox inbox;
    private final Receipts receipts;
    private final Errands errands;

    Puller(PeerClient peers, PartStore parts, Inbox inbox, Receipts receipts, Errands errands) {
        this.peers = peers;
        this.parts = parts;
        this.inbox = inbox;
        this.receipts = receipts;
        this.errands = errands;
    }

    /**
     * @return how many messages were receipted
     */
    int pull(Channel channel) throws IOException {
        Wire.Pulled pulled = peers.pull(channel);
        int receipted = takeIn(channel, pulled);
        if (!pulled.errand().isNone()) {
            peers.bring(channel, errands.run(channel, pulled.errand()));
        }
        return receipted;
    }

    private int takeIn(Channel channel, Wire.Pulled pulled) throws IOException {
        List<Inbox.Envelope> envelopes =
                pulled.messages().stream().map(Wire.OneMessage::envelope).toList();
        if (envelopes.isEmpty()) {
            return 0;
        }
        fetchParts(channel, envelopes);
        List<Inbox.Outcome> outcomes = inbox.accept(envelopes);
        for (Inbox.Outcome outcome : outcomes) {
            if (outcome instanceof Inbox.Outcome.Answered(Answer answer)) {
                log.warn("a message pulled from {} is not taken in: {}", channel.peer(), answer);
            }
        }
        List<String> handedIn =
                List.copyOf(
                        receipts.await(
                                        outcomes.stream()
                                                .flatMap(outcome -> outcome.stored().stream())
                                                .toList(),
                                        PATIENCE)
                                .values());
        if (!handedIn.isEmpty()) {
            peers.handIn(channel, handedIn);
        }
        return handedIn.size();
    }

    private void fetchParts(Channel channel, List<Inbox.Envelope> envelopes) throws IOException {
        Set<Hash> wanted = new HashSet<>();
        envelopes.forEach(envelope -> wanted.addAll(envelope.leaves()));
        List<Hash> missing = parts.missing(channel, List.copyOf(wanted));
        for (int from = 0; from < missing.size(); from += LEAVES_AT_ONCE) {
            List<Hash> batch =
                    missing.subList(from, Math.min(missing.size(), from + LEAVES_AT_ONCE));
            parts.receive(channel, peers.fetch(channel, batch));
        }
    }
}
