package org.jalur.dns;

/** Places in a message (RFC 1035 §4.1.1). */
final class Wire {
    private static final int COUNTS = 4;

    private Wire() {}

    static int u16(byte[] message, int at) {
        return ((message[at] & 0xff) << 8) | (message[at + 1] & 0xff);
    }

    static void putU16(byte[] message, int at, int value) {
        message[at] = (byte) (value >> 8);
        message[at + 1] = (byte) value;
    }

    /** How many records a section has. */
    static int count(byte[] message, int section) {
        return u16(message, COUNTS + 2 * section);
    }

    static void setCount(byte[] message, int section, int count) {
        putU16(message, COUNTS + 2 * section, count);
    }
}
