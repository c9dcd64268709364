package org.jalur.dns;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts queries by source; over the limit nothing is answered at all. */
final class QueryRate {
    private static final int SOURCES = 10_000;
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final boolean byNetwork;
    private final LongSupplier nanos;
    private final Map<Source, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Source, Bucket> eldest) {
                    return size() > SOURCES;
                }
            };

    QueryRate(int perSecond, boolean byNetwork, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.byNetwork = byNetwork;
        this.nanos = nanos;
    }

    private record Source(byte[] address) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Source(var theirs) && Arrays.equals(address, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(address);
        }
    }

    private static final class Bucket {
        private double left;
        private long at;

        private Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    synchronized boolean admits(InetAddress address) {
        long now = nanos.getAsLong();
        double most = (double) perSecond * BURST_SECONDS;
        Bucket bucket = buckets.computeIfAbsent(source(address), _ -> new Bucket(most, now));
        bucket.left = Math.min(most, bucket.left + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }

    private Source source(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Source(byNetwork ? Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 7) : bytes);
    }
}
