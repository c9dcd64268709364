package org.jalur.screening.url;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Percent-escapes (RFC 3986 §2.1), taken out and put in as Safe Browsing does it. */
final class Escapes {
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
    private static final int HEX_DIGITS = 2;

    private Escapes() {}

    /** UTF-8; half a surrogate pair becomes U+FFFD. */
    static byte[] octets(CharSequence text) {
        try {
            ByteBuffer octets =
                    StandardCharsets.UTF_8
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .replaceWith(REPLACEMENT)
                            .encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[octets.remaining()];
            octets.get(encoded);
            return encoded;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("every text has a UTF-8 form", e);
        }
    }

    /// Replaces escapes by what they stand for until none is left, also those that only come about
    /// by replacing. Escapes cannot overlap, so the order makes no difference: replacing each as
    /// soon as its last digit is there takes one pass.
    static byte[] unescaped(byte[] octets) {
        byte[] out = new byte[octets.length];
        int length = 0;
        for (byte octet : octets) {
            out[length++] = octet;
            while (length > HEX_DIGITS && isEscape(out, length - HEX_DIGITS - 1)) {
                int high = Character.digit(out[length - 2], 16);
                int low = Character.digit(out[length - 1], 16);
                length -= HEX_DIGITS;
                out[length - 1] = (byte) (high << 4 | low);
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isEscape(byte[] octets, int at) {
        return octets[at] == '%'
                && HexFormat.isHexDigit(octets[at + 1])
                && HexFormat.isHexDigit(octets[at + 2]);
    }

    /** Escapes controls, spaces, all that is not ASCII, number signs and percent signs. */
    static String escaped(byte[] octets, int from, int to) {
        HexFormat hex = HexFormat.of().withUpperCase();
        var out = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            int octet = Byte.toUnsignedInt(octets[i]);
            if (octet <= ' ' || octet >= 0x7f || octet == '#' || octet == '%') {
                hex.toHexDigits(out.append('%'), octets[i]);
            } else {
                out.append((char) octet);
            }
        }
        return out.toString();
    }

    /** The text that escapes stand for; what is not UTF-8 becomes U+FFFD. */
    static String text(String escaped) {
        return new String(unescaped(octets(escaped)), StandardCharsets.UTF_8);
    }
}
