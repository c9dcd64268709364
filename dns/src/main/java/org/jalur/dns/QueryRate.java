package org.jalur.dns;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jalur.rate.CallRate;

/** Counts queries by source; over the limit nothing is answered at all. */
final class QueryRate {
    private static final int BURST_SECONDS = 10;
    private static final long NANOS = 1_000_000;

    private final CallRate<ByteBuffer> rate;
    private final boolean byNetwork;

    QueryRate(int perSecond, boolean byNetwork) {
        this.rate =
                new CallRate<>(
                        CallRate.USUAL,
                        BURST_SECONDS * perSecond,
                        perSecond,
                        Duration.ofSeconds(1),
                        () -> System.nanoTime() / NANOS);
        this.byNetwork = byNetwork;
    }

    boolean admits(InetAddress address) {
        byte[] bytes = address.getAddress();
        return rate.admits(
                ByteBuffer.wrap(
                        byNetwork ? Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 7) : bytes));
    }
}
