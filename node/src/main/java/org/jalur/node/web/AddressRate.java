package org.jalur.node.web;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often strangers may do something, by their address: an IPv4 address, or the /64 of an IPv6
 * address. Each process counts by itself, and nothing is written down.
 */
public final class AddressRate {
    /** Of so many addresses at once; who was not seen for longest begins anew. */
    private static final int ADDRESSES = 20_000;

    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final double perMilli;
    private final Clock clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > ADDRESSES;
                }
            };

    /**
     * @param most at once, and in each time on average
     */
    public AddressRate(int most, Duration time, Clock clock) {
        this.most = most;
        this.perMilli = (double) most / time.toMillis();
        this.clock = clock;
    }

    private static final class Bucket {
        private double left;
        private long at;

        private Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    /** Whether it may be done once more; that counts. */
    public synchronized boolean admits(String address) {
        long now = clock.millis();
        Bucket bucket = buckets.computeIfAbsent(network(address), _ -> new Bucket(most, now));
        bucket.left = Math.min(most, bucket.left + Math.max(0, now - bucket.at) * perMilli);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }

    /** After how many seconds it may be done again. */
    public synchronized long waitSeconds(String address) {
        Bucket bucket = buckets.get(network(address));
        return bucket == null || bucket.left >= 1
                ? 0
                : (long) Math.ceil((1 - bucket.left) / perMilli / 1_000);
    }

    private static String network(String address) {
        try {
            byte[] octets = InetAddress.ofLiteral(address).getAddress();
            return octets.length == 4
                    ? address
                    : Arrays.toString(Arrays.copyOf(octets, NETWORK_BYTES));
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
