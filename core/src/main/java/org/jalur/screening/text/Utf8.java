package org.jalur.screening.text;

/** Reads UTF-8 strictly, one character at a time (RFC 3629). */
final class Utf8 {
    /** What stands for an octet that belongs to no character. */
    static final int INVALID = -1;

    private Utf8() {}

    /** The character above ASCII at a place, or {@link #INVALID}. */
    static int decode(byte[] in, int at, int end) {
        int lead = in[at] & 0xff;
        if (lead < 0xc2) {
            return INVALID;
        }
        if (lead < 0xe0) {
            return tail(in, at, 1, end, lead & 0x1f);
        }
        if (lead < 0xf0) {
            int c = tail(in, at, 2, end, lead & 0x0f);
            return c < 0x800 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? INVALID
                    : c;
        }
        if (lead < 0xf5) {
            int c = tail(in, at, 3, end, lead & 0x07);
            return c < 0x10000 || c > Character.MAX_CODE_POINT ? INVALID : c;
        }
        return INVALID;
    }

    private static int tail(byte[] in, int at, int count, int end, int lead) {
        if (end - at <= count) {
            return INVALID;
        }
        int c = lead;
        for (int i = 1; i <= count; i++) {
            if ((in[at + i] & 0xc0) != 0x80) {
                return INVALID;
            }
            c = c << 6 | (in[at + i] & 0x3f);
        }
        return c;
    }

    /** The octets of a character, the first one lowest. */
    static long encode(int c) {
        if (c < 0x80) {
            return c;
        }
        long octets = 0;
        int left = c;
        for (int i = length(c); i > 1; i--) {
            octets = octets << 8 | 0x80 | (left & 0x3f);
            left >>= 6;
        }
        int lead = c < 0x800 ? 0xc0 : c < 0x10000 ? 0xe0 : 0xf0;
        return octets << 8 | lead | left;
    }

    /** How many octets a character takes. */
    static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Whether the octet continues a character rather than starts one. */
    static boolean isContinuation(byte octet) {
        return (octet & 0xc0) == 0x80;
    }
}
