package org.jalur.screening.url;

/// How far parts of addresses reach in a text.
///
/// @param text ends with a line break, so that no part reaches its end
record Spans(String text) {
    /** Where the letters, digits and single dots end that begin here. */
    int run(int from) {
        for (int at = from + 1; ; at++) {
            char c = text.charAt(at);
            char before = text.charAt(at - 1);
            if (Characters.isDot(c) ? Characters.isDot(before) : !Characters.isWord(c)) {
                return at;
            }
            boolean latin = Names.isLetterOrDigit(c) || Names.isLetterOrDigit(before);
            if (latin && (Characters.isSpaceless(c) || Characters.isSpaceless(before))) {
                return at;
            }
        }
    }

    /** Where a port ends that begins here, or here if there is none. */
    int afterPort(int from) {
        int at = from + 1;
        while (text.charAt(from) == ':' && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > from + 1 ? at : from;
    }

    /** Where an address ends: marks that end a sentence, and brackets it does not open, do not. */
    int end(int from, boolean spaced) {
        int at = from;
        int round = 0;
        int square = 0;
        for (; Characters.isAddress(text.charAt(at)); at++) {
            char c = text.charAt(at);
            if (spaced && Characters.isSpaceless(c)) {
                break;
            }
            round += c == '(' ? 1 : c == ')' ? -1 : 0;
            square += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        while (at > from && Characters.isSentence(text.charAt(at - 1))) {
            char last = text.charAt(at - 1);
            if ((last == ')' && round >= 0) || (last == ']' && square >= 0)) {
                break;
            }
            round += last == ')' ? 1 : 0;
            square += last == ']' ? 1 : 0;
            at--;
        }
        return at;
    }

    /** The first character of a script without spaces, or the end. */
    int firstSpaceless(int start, int end) {
        int at = start;
        while (at < end && !Characters.isSpaceless(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
