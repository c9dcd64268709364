package org.jalur.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Octets as text, so that two texts are equal exactly if their octets are: UTF-8 where it is
/// valid, and each other octet as a lone low surrogate U+DC80 to U+DCFF, which no valid UTF-8
/// gives.
final class Octets {
    private static final int ESCAPE = 0xdc00;

    private Octets() {}

    static String decode(byte[] octets) {
        // A new decoder stops at malformed input.
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
        while (true) {
            CoderResult result = utf8.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE | Byte.toUnsignedInt(in.get())));
            }
            utf8.reset();
        }
    }

    static byte[] encode(String text) {
        var out = new ByteArrayOutputStream(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (isEscape(c)) {
                        out.write(c);
                    } else {
                        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                    }
                });
        return out.toByteArray();
    }

    /// Whether the text is how some octets are read.
    static boolean isText(String text) {
        return decode(encode(text)).equals(text);
    }

    private static boolean isEscape(int c) {
        return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
    }
}
