package org.jalur.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;

/**
 * A resolver that may have zones.
 *
 * @param name for people
 * @param addresses that it asks from; none: any, if it has a key
 * @param notifyAt where it is told of new versions
 * @param key with which it signs; empty: the address alone decides
 * @param zones that it may have
 */
public record Secondary(
        String name,
        List<AddressRange> addresses,
        List<InetSocketAddress> notifyAt,
        Optional<TransferKey> key,
        Set<DomainName> zones) {
    public Secondary {
        addresses = List.copyOf(addresses);
        notifyAt = List.copyOf(notifyAt);
        zones = Set.copyOf(zones);
        if (addresses.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "the secondary \"%s\" has neither addresses nor a key; give one, or anybody could be it"
                            .formatted(name));
        }
    }

    boolean isAt(InetAddress address) {
        return addresses.isEmpty() || addresses.stream().anyMatch(range -> range.contains(address));
    }
}
