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

    /**
     * Half a pair becomes a question mark: as wide as what it stands for, and no part of a word.
     */
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);

    private char[] chars = new char[SHORT_TEXT];
    private CharBuffer in = CharBuffer.wrap(chars);
    private ByteBuffer out = ByteBuffer.allocate(SHORT_TEXT * MAX_OCTETS_PER_CHAR);

    /** How many octets of UTF-8 it is. */
    private int length;

    /** Whether places are those of UTF-16 and differ from those of UTF-8. */
    private boolean wide;

    // The last pair of places asked for: the next is most often close to it.
    private int knownOctets;
    private int knownChars;

    /**
     * Becomes UTF-8 given by its owner. It is not kept: to store a reference for each text costs as
     * much as to fold it, with some garbage collectors.
     */
    void set(int octets) {
        length = octets;
        wide = false;
    }

    void set(String text) {
        int chars16 = text.length();
        if (chars.length < chars16) {
            int size = Math.addExact(chars16, chars16 / 2);
            chars = new char[size];
            in = CharBuffer.wrap(chars);
            out = ByteBuffer.allocate(Math.multiplyExact(size, MAX_OCTETS_PER_CHAR));
        }
        text.getChars(0, chars16, chars, 0);
        encoder.reset().encode(in.clear().limit(chars16), out.clear(), true);
        length = out.position();
        wide = length != chars16;
        knownOctets = 0;
        knownChars = 0;
    }

    /** The octets of a string. */
    byte[] octets() {
        return out.array();
    }

    int length() {
        return length;
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
        byte each = out.get(octet);
        if (Utf8.isContinuation(each)) {
            return 0;
        }
        // Above U+FFFF: four octets, two chars.
        return (each & 0xff) >= 0xf0 ? 2 : 1;
    }
}
