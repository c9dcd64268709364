package org.jalur.access.zone;

import java.nio.charset.StandardCharsets;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/**
 * A blocked name as octets whose order is the order of blocked names: labels from the right, each
 * but the last followed by 1, and a 0 at the end if subdomains are meant.
 */
final class NameKey {
    static final int LONGEST = DomainName.LONGEST + 1;

    private static final byte DOT = 1;
    private static final byte SUBDOMAINS = 0;

    private NameKey() {}

    static byte[] of(BlockedName blocked) {
        String name = blocked.name().ascii();
        int length = name.length();
        byte[] key = new byte[length + (blocked.withSubdomains() ? 1 : 0)];
        int at = 0;
        for (int to = length; to > 0; ) {
            int from = name.lastIndexOf('.', to - 1) + 1;
            for (int i = from; i < to; i++) {
                key[at++] = (byte) name.charAt(i);
            }
            if (from > 0) {
                key[at++] = DOT;
            }
            to = from - 1;
        }
        return key;
    }

    /** Characters of the longest record of a name, before the zone's own. */
    static int recordLength(byte[] key, int length) {
        return key[length - 1] == SUBDOMAINS ? length - 1 + PolicyZone.WILDCARD : length;
    }

    static BlockedName read(byte[] key, int length) {
        boolean subdomains = key[length - 1] == SUBDOMAINS;
        int end = subdomains ? length - 1 : length;
        byte[] name = new byte[end];
        int at = end;
        for (int from = 0; from < end; ) {
            int to = from;
            while (to < end && key[to] != DOT) {
                to++;
            }
            at -= to - from;
            System.arraycopy(key, from, name, at, to - from);
            if (at > 0) {
                name[--at] = '.';
            }
            from = to + 1;
        }
        return new BlockedName(
                new DomainName(new String(name, StandardCharsets.US_ASCII)), subdomains);
    }
}
