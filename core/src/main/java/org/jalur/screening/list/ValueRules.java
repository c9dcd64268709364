package org.jalur.screening.list;

import java.net.IDN;
import java.util.Locale;
import org.jalur.screening.ListRule;
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
            throw new InvalidEntryException(value, ListRule.HEX.broken(digits, kind.word()));
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
        throw new InvalidEntryException(value, ListRule.TLSH.broken());
    }

    private static void checkText(SignalKind kind, String value, int most) {
        if (value.isBlank()) {
            throw new InvalidEntryException(value, ListRule.VALUE_EMPTY.broken(kind.word()));
        }
        if (value.length() > most) {
            throw new InvalidEntryException(
                    value,
                    kind == SignalKind.PHRASE
                            ? ListRule.PHRASE_LONG.broken(value.length(), most)
                            : ListRule.VALUE_LONG.broken(kind.word(), value.length(), most));
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidEntryException(value, ListRule.VALUE_NUL.broken(kind.word()));
        }
    }

    private static void checkWord(SignalKind kind, String value, int most) {
        checkText(kind, value, most);
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || Character.isWhitespace(value.charAt(i))) {
                throw new InvalidEntryException(value, ListRule.VALUE_SPACES.broken(kind.word()));
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
                    throw new InvalidEntryException(value, ListRule.DOMAIN_SIGNS.broken());
                }
                number &= digit;
                label++;
            }
        }
        checkLabel(value, label, value.length());
        if (!dotted || value.length() > MAX_DOMAIN) {
            throw new InvalidEntryException(
                    value, (dotted ? ListRule.DOMAIN_LONG : ListRule.DOMAIN_TOP).broken());
        }
        if (number) {
            throw new InvalidEntryException(value, ListRule.DOMAIN_ADDRESS.broken());
        }
    }

    private static void checkLabel(String value, int label, int end) {
        if (label == 0
                || label > MAX_LABEL
                || value.charAt(end - 1) == '-'
                || value.charAt(end - label) == '-') {
            throw new InvalidEntryException(value, ListRule.DOMAIN_LABEL.broken());
        }
    }
}
