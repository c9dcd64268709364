package org.jalur.dns;

import java.net.InetAddress;

/**
 * Addresses that begin alike.
 *
 * @param network the first of them
 * @param bits how many bits are the same
 */
public record AddressRange(InetAddress network, int bits) {
    public AddressRange {
        byte[] address = network.getAddress();
        if (bits < 0 || bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "%s/%d has no such length; use /0 to /%d"
                            .formatted(network.getHostAddress(), bits, address.length * Byte.SIZE));
        }
        for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
            if (bit(address, bit)) {
                throw new IllegalArgumentException(
                        "%s/%d has bits beyond its length; give the first address of the range"
                                .formatted(network.getHostAddress(), bits));
            }
        }
    }

    /** Reads an address or a range such as 192.0.2.0/28; names are not looked up. */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress network =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bits =
                    slash < 0
                            ? network.getAddress().length * Byte.SIZE
                            : Integer.parseInt(text.substring(slash + 1));
            return new AddressRange(network, bits);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(
                    "\"%s\" has no length after its slash; write as 192.0.2.0/28".formatted(text));
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(mine, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] address, int bit) {
        return (address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
