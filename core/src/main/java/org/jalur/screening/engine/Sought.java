package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.Tlsh;

/** The value of an entry in the one form in which it is looked for. */
sealed interface Sought {
    byte ONLY_HERE = 'u';

    /** Looked up as it is: an octet that says what it is, and a digest or a text. */
    record Key(byte[] octets) implements Sought {}

    /** Searched for in texts. */
    record Phrase(String words) implements Sought {}

    record Picture(PdqHash hash) implements Sought {}

    record LongText(Tlsh digest) implements Sought {}

    record ShortText(TextSketch sketch) implements Sought {}

    /** The key of a digest in hexadecimal digits. */
    static byte[] digest(Signal signal, String hex) {
        int digits = signal == Signal.FILE_SHA256 ? 64 : 32;
        if (hex.length() != digits || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "not %d hexadecimal digits: %s".formatted(digits, hex));
        }
        byte[] key = new byte[1 + digits / 2];
        key[0] = mark(signal);
        for (int i = 1; i < key.length; i++) {
            key[i] = (byte) HexFormat.fromHexDigits(hex, 2 * i - 2, 2 * i);
        }
        return key;
    }

    /** The key of a text. */
    static byte[] key(Signal signal, String value) {
        byte[] text = value.getBytes(UTF_8);
        byte[] key = new byte[1 + text.length];
        key[0] = mark(signal);
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    /** The key of an address where strangers share the host: it counts for no host below it. */
    static byte[] onlyHere(String url) {
        byte[] key = key(Signal.URL, url);
        key[0] = ONLY_HERE;
        return key;
    }

    /** What sets keys of one kind apart from all others. */
    static byte mark(Signal signal) {
        return (byte)
                switch (signal) {
                    case FILE_SHA256 -> 'S';
                    case FILE_MD5 -> 'M';
                    case URL -> 'U';
                    case DOMAIN -> 'D';
                    case HANDLE -> 'H';
                    case PDQ, PHRASE, SIMILAR_TEXT ->
                            throw new IllegalArgumentException(signal + " is no key");
                };
    }

    static Signal signal(byte[] key) {
        return switch (key[0]) {
            case 'S' -> Signal.FILE_SHA256;
            case 'M' -> Signal.FILE_MD5;
            case 'U', ONLY_HERE -> Signal.URL;
            case 'D' -> Signal.DOMAIN;
            case 'H' -> Signal.HANDLE;
            default -> throw new IllegalArgumentException("no key begins with " + key[0]);
        };
    }

    /** The value that a key was made of. */
    static String value(byte[] key) {
        return switch (signal(key)) {
            case FILE_SHA256, FILE_MD5 -> HexFormat.of().formatHex(key, 1, key.length);
            case URL -> "http://" + new String(key, 1, key.length - 1, UTF_8);
            case DOMAIN, HANDLE -> new String(key, 1, key.length - 1, UTF_8);
            case PDQ, PHRASE, SIMILAR_TEXT -> throw new IllegalArgumentException("is no key");
        };
    }
}
