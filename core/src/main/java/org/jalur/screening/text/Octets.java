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

    /** Gathers the lowest bit of each octet in the highest octet, the first one lowest. */
    private static final long GATHER = 0x0102040810204080L;

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

    /** ASCII's capitals as small letters; all eight must be ASCII. */
    static long lowerCase(long eight) {
        long capitals = (eight + from('A')) & ~(eight + above('Z')) & HIGH;
        return eight | capitals >>> 2;
    }

    /** One bit for each octet that belongs to a word: a-z, 0-9, and all above ASCII. */
    static long words(long eight) {
        long seven = eight & LOW;
        long letters = (seven + from('a')) & ~(seven + above('z'));
        long digits = (seven + from('0')) & ~(seven + above('9'));
        return (((letters | digits | eight) & HIGH) >>> 7) * GATHER >>> 56;
    }

    /** What to add to a septet so that the high bit says that it is this one or a later one. */
    private static long from(char first) {
        return (0x80 - first) * EACH;
    }

    private static long above(char last) {
        return (0x80 - last - 1) * EACH;
    }
}
