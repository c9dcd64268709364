package org.jalur.screening.url;

/** Which characters of a running text can belong to an address. */
final class Characters {
    private static final String BRACKETS = "<>\"`{}|\\^";

    private Characters() {}

    /** Of a host name, or of a name after "@". */
    static boolean isWord(char c) {
        if (c < 0x80) {
            return Names.isLetterOrDigit(c) || c == '-' || c == '_';
        }
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || Character.getType(c) == Character.FORMAT;
    }

    static boolean isDot(char c) {
        return c == '.' || c == 0x3002 || c == 0xff61;
    }

    /** Of scripts that set no spaces between words, so that an address can touch a word. */
    static boolean isSpaceless(char c) {
        if (c < 0xe00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
            default -> false;
        };
    }

    /** Of a path or query. */
    static boolean isAddress(char c) {
        if (c <= 0x7f) {
            return c > ' ' && c != 0x7f && BRACKETS.indexOf(c) < 0;
        }
        return isWord(c) || Character.getType(c) == Character.OTHER_SYMBOL;
    }

    /** What at the end belongs to the sentence rather than to the address. */
    static boolean isSentence(char c) {
        return ".,;:!?'*~)]".indexOf(c) >= 0;
    }
}
