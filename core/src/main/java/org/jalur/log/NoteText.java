package org.jalur.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The characters that C2SP signed-note allows: valid UTF-8 without ASCII control characters other
/// than newline.
final class NoteText {
    private NoteText() {}

    static String decode(byte[] utf8) {
        try {
            // A new decoder reports malformed input; String's constructor would replace it.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedNoteException("a note is valid UTF-8", e);
        }
    }

    static byte[] encode(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new MalformedNoteException("a note is valid Unicode, without half characters", e);
        }
    }

    static void checkCharacters(String text) {
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedNoteException("a note has no control characters other than newline");
        }
    }

    /// A decimal number from 0 to 2^63 - 1 without sign and leading zeros (tlog-checkpoint,
    /// tlog-proof).
    static long parseNumber(String what, String digits) {
        boolean plain =
                digits.equals("0")
                        || (!digits.isEmpty()
                                && digits.length() <= 19
                                && digits.charAt(0) != '0'
                                && digits.chars().allMatch(c -> c >= '0' && c <= '9'));
        try {
            if (plain) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw new MalformedNoteException("the " + what + " is beyond 2^63 - 1: " + digits, e);
        }
        throw new MalformedNoteException("not a decimal " + what + ": \"" + digits + "\"");
    }

    static Hash parseHash(String what, String base64) {
        try {
            return Hash.parseBase64(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedNoteException("not a " + what + ": \"" + base64 + "\"", e);
        }
    }
}
