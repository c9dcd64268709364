package org.jalur.channel;

import java.util.Base64;

/** Base64url without padding (RFC 7515 §2), in its one canonical form. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Refuses padding, foreign characters and unused bits that are set: one value, one text. */
    static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(what + " is not base64url without padding", e);
        }
        throw new MalformedMessageException(what + " is not canonical base64url without padding");
    }
}
