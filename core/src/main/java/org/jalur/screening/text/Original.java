package org.jalur.screening.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text that is folded, as UTF-8, and how its places are counted. */
final class Original {
    private static final int MAX_OCTETS_PER_CHAR = 3;
    private static final int SHORT_TEXT = 512;

    /** Half a pair becomes a question mark: as wide as what it stands for, and no part of a word. */
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);

    private char[] chars = new char[SHORT_TEXT];
    private CharBuffer in = CharBuffer.wrap(chars);
    private ByteBuffer out = ByteBuffer.allocate(SHORT_TEXT * MAX_OCTETS_PER_CHAR);

    private byte[] octets = out.array();
    private int from;
    private int to;

    /** Whether places are those of UTF-16 and differ from those of UTF-8. */
    private boolean wide;

    // The last pair of places asked for: the next is most often close to it.
    private int knownOctets;
    private int knownChars;

    void set(byte[] utf8, int first, int end) {
        if (first < 0 || end > utf8.length || first > end) {
            throw new IndexOutOfBoundsException(
                    "from %d to %d in %d octets".formatted(first, end, utf8.length));
        }
        octets = utf8;
        from = first;
        to = end;
        wide = false;
    }

    void set(String text) {
        int length = text.length();
        if (chars.length < length) {
            int size = Math.addExact(length, length / 2);
            chars = new char[size];
            in = CharBuffer.wrap(chars);
            out = ByteBuffer.allocate(Math.multiplyExact(size, MAX_OCTETS_PER_CHAR));
        }
        text.getChars(0, length, chars, 0);
        encoder.reset().encode(in.clear().limit(length), out.clear(), true);
        octets = out.array();
        from = 0;
        to = out.position();
        wide = to != length;
        knownOctets = 0;
        knownChars = 0;
    }

    void share(Original other) {
        octets = other.octets;
        from = other.from;
        to = other.to;
        wide = other.wide;
        knownOctets = 0;
        knownChars = 0;
    }

    byte[] octets() {
        return octets;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** A place as the text's owner counts it, for a number of octets of UTF-8. */
    int place(int octet) {
        if (!wide) {
            return octet;
        }
        while (knownOctets < octet) {
            knownChars += charsAt(knownOctets++);
        }
        while (knownOctets > octet) {
            knownChars -= charsAt(--knownOctets);
        }
        return knownChars;
    }

    private int charsAt(int octet) {
        byte each = octets[octet];
        if (Utf8.isContinuation(each)) {
            return 0;
        }
        // Above U+FFFF: four octets, two chars.
        return (each & 0xff) >= 0xf0 ? 2 : 1;
    }
}
