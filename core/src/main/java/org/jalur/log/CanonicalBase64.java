package org.jalur.log;

import java.util.Base64;

/// Standard base64 (RFC 4648 §4) in its only accepted spelling: padded, no line breaks, unused bits
/// zero (§3.5).
final class CanonicalBase64 {
    private CanonicalBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// @throws IllegalArgumentException if the text is not what {@link #encode} would write
    static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not standard base64: " + shortened(text), e);
        }
        // The JDK's decoder lets missing padding and stray bits pass; two spellings of one signed
        // thing must not.
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("not canonical base64: " + shortened(text));
        }
        return bytes;
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
