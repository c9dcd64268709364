package org.jalur.screening.list;

import java.net.IDN;
import java.util.Locale;
import org.jalur.screening.similar.Tlsh;

/// What a value of each kind looks like, and how to bring one that others wrote into that form.
final class ValueRules {
    private static final int MAX_TEXT = 8192;
    private static final int MAX_PHRASE = 1000;
    private static final int MAX_HANDLE = 256;

    // RFC 1035 §2.3.4, without the final dot.
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_LABEL = 63;

    private ValueRules() {}

    static void check(SignalKind kind, String value) {
        switch (kind) {
            case FILE_SHA256, PDQ -> checkHex(kind, value, 64);
            case FILE_MD5 -> checkHex(kind, value, 32);
            case PHRASE -> checkText(kind, value, MAX_PHRASE);
            case SIMILAR_TEXT -> checkTlsh(value);
            case URL -> checkWord(kind, value, MAX_TEXT);
            case DOMAIN -> checkDomain(value);
            case HANDLE -> checkWord(kind, value, MAX_HANDLE);
        }
    }

    /// The value in the form of its kind, where another spelling leaves no doubt.
    static String canonical(SignalKind kind, String written) {
        String value = written.strip();
        return switch (kind) {
            case FILE_SHA256, FILE_MD5, PDQ -> value.toLowerCase(Locale.ROOT);
            case SIMILAR_TEXT -> canonicalTlsh(value);
            case DOMAIN -> canonicalDomain(value);
            case PHRASE, URL, HANDLE -> value;
        };
    }

    private static String canonicalTlsh(String value) {
        try {
            return Tlsh.parse(value).toString();
        } catch (IllegalArgumentException _) {
            // Then it breaks the rule, and is reported as it was written.
            return value;
        }
    }

    private static String canonicalDomain(String value) {
        String name = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
        try {
            return isAscii(name)
                    ? name.toLowerCase(Locale.ROOT)
                    : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static void checkHex(SignalKind kind, String value, int digits) {
        boolean valid = value.length() == digits;
        for (int i = 0; valid && i < digits; i++) {
            char c = value.charAt(i);
            valid = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!valid) {
            throw new InvalidEntryException(
                    value,
                    "not %d hexadecimal digits".formatted(digits),
                    "check that the hash is a whole %s".formatted(kind.word()));
        }
    }

    private static void checkTlsh(String value) {
        try {
            if (Tlsh.parse(value).toString().equals(value)) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // Reported below, like a digest in another spelling.
        }
        throw new InvalidEntryException(
                value,
                "not a TLSH digest",
                "use the form with 128 buckets: T1 and 70 hexadecimal digits");
    }

    private static void checkText(SignalKind kind, String value, int most) {
        if (value.isBlank()) {
            throw new InvalidEntryException(
                    value, "the %s is empty".formatted(kind.word()), "remove the line");
        }
        if (value.length() > most) {
            throw new InvalidEntryException(
                    value,
                    "the %s has %,d characters, more than %,d"
                            .formatted(kind.word(), value.length(), most),
                    kind == SignalKind.PHRASE ? "list its TLSH instead" : "check the line");
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidEntryException(
                    value, "the %s has a NUL".formatted(kind.word()), "check how it was exported");
        }
    }

    private static void checkWord(SignalKind kind, String value, int most) {
        checkText(kind, value, most);
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || Character.isWhitespace(value.charAt(i))) {
                throw new InvalidEntryException(
                        value,
                        "a %s has no spaces or control characters".formatted(kind.word()),
                        "write one a line, with %20 for a space");
            }
        }
    }

    private static void checkDomain(String value) {
        int label = 0;
        boolean dotted = false;
        boolean number = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.') {
                checkLabel(value, label, i);
                dotted = true;
                label = 0;
                number = true;
            } else {
                boolean digit = c >= '0' && c <= '9';
                if (!digit && !(c >= 'a' && c <= 'z') && c != '-' && c != '_') {
                    throw new InvalidEntryException(
                            value,
                            "a domain name has only letters, digits, hyphens and dots",
                            "list an address with a path as url");
                }
                number &= digit;
                label++;
            }
        }
        checkLabel(value, label, value.length());
        if (!dotted || value.length() > MAX_DOMAIN) {
            throw new InvalidEntryException(
                    value,
                    dotted ? "longer than any domain name" : "a whole top-level domain",
                    "write the name with its top-level domain");
        }
        if (number) {
            throw new InvalidEntryException(
                    value, "an IP address, not a domain name", "list it as url");
        }
    }

    private static void checkLabel(String value, int label, int end) {
        if (label == 0
                || label > MAX_LABEL
                || value.charAt(end - 1) == '-'
                || value.charAt(end - label) == '-') {
            throw new InvalidEntryException(
                    value,
                    "between its dots a domain name has 1 to 63 characters, none of the outer ones "
                            + "a hyphen",
                    "check the spelling");
        }
    }
}
