package org.jalur.node.notifications.carriers;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name once, for the connection that is then made to just these addresses, and only if
 * all of them are public: a name that a user chose must not lead into the operator's own network.
 */
final class PublicOnly implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = InetAddress.getAllByName(host);
        if (!Arrays.stream(found).allMatch(PublicOnly::isPublic)) {
            throw new NotPublicException();
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** The name leads to an address that is not on the public Internet. */
    static final class NotPublicException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    /** IANA's special-purpose registries (RFC 6890) are closed, and so is what is unassigned. */
    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        int third = octets[2] & 0xff;
        if (address instanceof Inet4Address) {
            return switch (first) {
                case 0, 10, 127 -> false;
                case 100 -> second < 64 || second > 127;
                case 169 -> second != 254;
                case 172 -> second < 16 || second > 31;
                case 192 ->
                        second != 168
                                && !(second == 0 && (third == 0 || third == 2))
                                && !(second == 88 && third == 99);
                case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
                case 203 -> !(second == 0 && third == 113);
                default -> first < 224;
            };
        }
        // 2000::/3 is all that is handed out; tunnels and documentation lie within it.
        boolean special = first == 0x20 && second == 0x01 && third < 2;
        boolean documentation =
                (first == 0x20 && second == 0x01 && third == 0x0d && (octets[3] & 0xff) == 0xb8)
                        || (first == 0x3f && second == 0xff && third < 0x10);
        boolean sixToFour = first == 0x20 && second == 0x02;
        return first >> 5 == 1 && !special && !documentation && !sixToFour;
    }
}
