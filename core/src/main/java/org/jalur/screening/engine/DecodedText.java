package org.jalur.screening.engine;

/**
 * UTF-8 as chars, and the way back to its octets. An octet that is not UTF-8 (RFC 3629) becomes one
 * replacement character.
 */
final class DecodedText {
    private static final char REPLACEMENT = '\ufffd';
    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

    private final StringBuilder chars;
    private final int[] origins;

    DecodedText(byte[] utf8) {
        chars = new StringBuilder(utf8.length);
        origins = new int[utf8.length + 1];
        int at = 0;
        while (at < utf8.length) {
            at = read(utf8, at);
        }
        mark(utf8.length);
    }

    private int read(byte[] utf8, int at) {
        int lead = utf8[at];
        mark(at);
        if (lead >= 0) {
            chars.append((char) lead);
            return at + 1;
        }
        int more = Integer.numberOfLeadingZeros(~lead << 24) - 1;
        int c = lead & 0x3f >> more;
        boolean whole = more >= 1 && more < LEAST.length && at + more < utf8.length;
        for (int i = 1; whole && i <= more; i++) {
            whole = (utf8[at + i] & 0xc0) == 0x80;
            c = c << 6 | (utf8[at + i] & 0x3f);
        }
        if (!whole || c < LEAST[more] || c > Character.MAX_CODE_POINT || isSurrogate(c)) {
            chars.append(REPLACEMENT);
            return at + 1;
        }
        chars.appendCodePoint(c);
        if (Character.isSupplementaryCodePoint(c)) {
            origins[chars.length() - 1] = at;
        }
        return at + more + 1;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private void mark(int at) {
        origins[chars.length()] = at;
    }

    String text() {
        return chars.toString();
    }

    /** Where a char began. */
    int octet(int index) {
        return origins[index];
    }
}
