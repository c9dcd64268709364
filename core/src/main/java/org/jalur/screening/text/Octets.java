package org.jalur.screening.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight octets at a time in a long, the first one lowest. */
final class Octets {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = ~HIGH;

    /** Gathers the highest bit of each octet in the highest octet, the first one lowest. */
    private static final long GATHER = 0x0002040810204081L;

    private static final long CASE = 0x20 * EACH;

    private Octets() {}

    static long get(byte[] octets, int at) {
        return (long) LONGS.get(octets, at);
    }

    static void set(byte[] octets, int at, long eight) {
        LONGS.set(octets, at, eight);
    }

    static boolean isAscii(long eight) {
        return (eight & HIGH) == 0;
    }

    /** The same octets, all of ASCII, with small letters for capitals. */
    static long lowerCase(long eight) {
        return eight | letters(eight) >>> 2;
    }

    /** Eight bits for eight octets: whether each is a letter, a digit, or above ASCII. */
    static long words(long eight) {
        long seven = eight & LOW;
        long digits = (seven + from('0')) & ~(seven + above('9'));
        return (((letters(seven) | digits | eight) & HIGH) * GATHER) >>> 56;
    }

    private static long letters(long seven) {
        long lower = seven | CASE;
        return (lower + from('a')) & ~(lower + above('z')) & HIGH;
    }

    /** What to add to a septet so that the high bit says that it is this one or a later one. */
    private static long from(char first) {
        return (0x80 - first) * EACH;
    }

    private static long above(char last) {
        return (0x80 - last - 1) * EACH;
    }
}
