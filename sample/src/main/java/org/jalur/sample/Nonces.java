package org.jalur.sample;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jalur.connector.ConnectorSignature;

/** The nonces of signed calls, for as long as their signatures are fresh. */
final class Nonces {
    private final Set<String> known = new HashSet<>();
    private final Queue<Seen> inOrder = new ArrayDeque<>();

    private record Seen(String nonce, Instant at) {}

    synchronized boolean isNew(String nonce, Instant now) {
        Instant oldest = now.minus(ConnectorSignature.FRESHNESS.multipliedBy(2));
        for (Seen first = inOrder.peek();
                first != null && first.at().isBefore(oldest);
                first = inOrder.peek()) {
            known.remove(inOrder.remove().nonce());
        }
        return known.add(nonce) && inOrder.add(new Seen(nonce, now));
    }
}
