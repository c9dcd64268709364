package org.jalur.node.resolvers;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import org.jalur.dns.AddressRange;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Which addresses may be asked that a user named: public ones outside of this node's own network.
 * Whoever may write into the register must not reach with it what only this machine can reach.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AskedAddresses {
    private static final Set<AddressRange> SPECIAL =
            Set.of(
                    // IANA's special-purpose registries (RFC 6890), and what is unassigned.
                    AddressRange.of("0.0.0.0/8"),
                    AddressRange.of("10.0.0.0/8"),
                    AddressRange.of("100.64.0.0/10"),
                    AddressRange.of("127.0.0.0/8"),
                    AddressRange.of("169.254.0.0/16"),
                    AddressRange.of("172.16.0.0/12"),
                    AddressRange.of("192.0.0.0/24"),
                    AddressRange.of("192.0.2.0/24"),
                    AddressRange.of("192.88.99.0/24"),
                    AddressRange.of("192.168.0.0/16"),
                    AddressRange.of("198.18.0.0/15"),
                    AddressRange.of("198.51.100.0/24"),
                    AddressRange.of("203.0.113.0/24"),
                    AddressRange.of("224.0.0.0/3"),
                    AddressRange.of("2001::/23"),
                    AddressRange.of("2001:db8::/32"),
                    AddressRange.of("2002::/16"),
                    AddressRange.of("3fff::/20"));
    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");
    private static final int IPV6 = 16;

    private final MeasureSettings settings;

    AskedAddresses(MeasureSettings settings) {
        this.settings = settings;
    }

    boolean allow(InetAddress address) {
        return settings.internalRanges().stream().anyMatch(one -> one.contains(address))
                || (isPublic(address) && !isOwnNetwork(address));
    }

    private static boolean isPublic(InetAddress address) {
        return SPECIAL.stream().noneMatch(one -> one.contains(address))
                && (address.getAddress().length != IPV6 || GLOBAL.contains(address));
    }

    /** An interface that cannot be read might have it. */
    private static boolean isOwnNetwork(InetAddress address) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .anyMatch(own -> isNear(own, address));
        } catch (SocketException _) {
            return true;
        }
    }

    private static boolean isNear(InterfaceAddress own, InetAddress address) {
        byte[] mine = own.getAddress().getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < own.getNetworkPrefixLength(); bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
