package org.jalur.node.web;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jalur.rate.CallRate;

/**
 * How often strangers may do something, by their address: an IPv4 address, or the /64 of an IPv6
 * address. Each process counts by itself, and nothing is written down.
 */
public final class AddressRate {
    /** Of so many addresses at once; who was not seen for longest begins anew. */
    private static final int ADDRESSES = 20_000;

    private static final int NETWORK_BYTES = 8;

    private final CallRate<String> rate;

    /**
     * @param most at once, and in each time on average
     */
    public AddressRate(int most, Duration time, Clock clock) {
        this.rate = new CallRate<>(ADDRESSES, most, most, time, clock::millis);
    }

    /** Whether it may be done once more; that counts. */
    public boolean admits(String address) {
        return rate.admits(network(address));
    }

    /** After how long it may be done again, in whole seconds. */
    public Duration pause(String address) {
        return rate.pause(network(address));
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
