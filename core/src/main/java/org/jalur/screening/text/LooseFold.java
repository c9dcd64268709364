package org.jalur.screening.text;

/**
 * Folds a strict form further: digits and signs in words that have a letter become the letters they
 * stand for, letters spaced out by one sign each become one word, a letter repeated is one.
 *
 * <p>Ambiguous, and applied to phrases alike: "good" and "god" are the same here. An at sign that
 * begins a word stays what it mostly is, a mention.
 */
final class LooseFold {
    private static final int MIN_SPACED = 3;
    private static final byte[] LETTERS = letters();
    private static final byte[] PLAIN = plain();

    /** Letters and signs in turn: a one for each letter, the last one lowest. */
    private static final int SPACED = 0b0101010;

    /** Set in small letters, not in a space. */
    private static final int LETTER_BIT = 6;

    private static final int SPACED_MASK = 0b1111111;

    private final FoldedText strict;
    private final byte[] in;

    /** What is written, one octet for each of the strict form at most, and of which place it is. */
    private final byte[] octets;

    private final int[] origins;
    private int end = Words.FRONT;

    private LooseFold(FoldedText strict, FoldedText out) {
        this.strict = strict;
        in = strict.octets();
        octets = out.mapped(strict.length());
        origins = out.origins();
    }

    static void fold(FoldedText strict, FoldedText out) {
        var fold = new LooseFold(strict, out);
        if (!strict.isPlain() || !fold.foldLetters()) {
            fold.end = Words.FRONT;
            fold.fold();
        }
        out.endAt(fold.end);
    }

    /** Small letters as they are, spaces for signs, and a negative number for what is ambiguous. */
    private static byte[] plain() {
        byte[] plain = new byte[128];
        for (int c = 0; c < plain.length; c++) {
            boolean letter = c >= 'a' && c <= 'z';
            plain[c] = (byte) (letter ? c : LETTERS[c] == 0 ? ' ' : -1);
        }
        return plain;
    }

    private static byte[] letters() {
        byte[] letters = new byte[128];
        for (char c = 'a'; c <= 'z'; c++) {
            letters[c] = (byte) c;
        }
        for (char c = '0'; c <= '9'; c++) {
            letters[c] = (byte) c;
        }
        String pairs = "0o1i3e4a5s7t@a$s";
        for (int i = 0; i < pairs.length(); i += 2) {
            letters[pairs.charAt(i)] = (byte) pairs.charAt(i + 1);
        }
        return letters;
    }

    /**
     * Folds a text of ASCII that has only letters and signs, and no letters spaced out: most texts.
     * There, nothing but repeated letters is left out, and there is no branch, for which way it
     * goes could not be foreseen. False if it is another text; then what was written means nothing.
     */
    private boolean foldLetters() {
        int all = 0;
        int letters = 0;
        int spaced = 0;
        int before = 0;
        int next = end;
        int last = strict.end();
        for (int at = Words.FRONT; at < last; at++) {
            int letter = PLAIN[in[at]];
            int isLetter = (letter >>> LETTER_BIT) & 1;
            int different = letter ^ before;
            all |= letter;
            letters = (letters << 1) | isLetter;
            spaced |= ((letters & SPACED_MASK) ^ SPACED) - 1;
            octets[next] = (byte) letter;
            origins[next] = at - Words.FRONT;
            next += (different | -different) >>> 31;
            before = letter & -isLetter;
        }
        end = next;
        boolean spacedAtEnd = (letters & (SPACED_MASK >>> 1)) == SPACED >>> 1;
        return all >= 0 && spaced >= 0 && !spacedAtEnd;
    }

    private void fold() {
        int at = Words.FRONT;
        while (at < strict.end()) {
            if (!startsWord(at)) {
                put((byte) ' ', at);
                at++;
                continue;
            }
            int spaced = spacedEnd(at);
            if (spaced > at) {
                word(at, spaced);
                at = spaced;
            } else {
                int end = wordEnd(at);
                word(at, end);
                at = end;
            }
        }
    }

    private boolean isWord(int at) {
        return in[at] < 0 || LETTERS[in[at]] != 0;
    }

    private boolean startsWord(int at) {
        return isWord(at)
                && in[at] != '@'
                && (in[at] != '$' || (at + 1 < strict.end() && isLetter(at + 1)));
    }

    private boolean isLetter(int at) {
        return in[at] < 0 || (in[at] >= 'a' && in[at] <= 'z');
    }

    private int wordEnd(int from) {
        int at = from + 1;
        while (at < strict.end() && isWord(at)) {
            at++;
        }
        return at;
    }

    /** Where letters that stand alone, one and the same sign apart, end, or where they start. */
    private int spacedEnd(int from) {
        int end = from;
        int sign = characterEnd(from);
        int letters = 0;
        for (int at = from; at < strict.end() && isWord(at); at = end + 1) {
            int next = characterEnd(at);
            if (next < strict.end() && isWord(next)) {
                break;
            }
            letters++;
            end = next;
            if (next == strict.end() || in[next] != in[sign]) {
                break;
            }
        }
        return letters >= MIN_SPACED ? end : from;
    }

    private int characterEnd(int from) {
        int at = from + 1;
        while (in[from] < 0 && at < strict.end() && Utf8.isContinuation(in[at])) {
            at++;
        }
        return at;
    }

    private void word(int from, int to) {
        boolean letters = false;
        for (int at = from; at < to && !letters; at++) {
            letters = isLetter(at);
        }
        byte before = ' ';
        for (int at = from; at < to; at++) {
            byte octet = in[at];
            if (octet < 0) {
                put(octet, at);
                before = octet;
            } else if (LETTERS[octet] != 0) {
                byte letter = letters ? LETTERS[octet] : octet;
                boolean repeated = letters && letter == before && letter >= 'a';
                if (!repeated) {
                    put(letter, at);
                }
                before = letter;
            }
        }
    }

    private void put(byte octet, int at) {
        octets[end] = octet;
        origins[end++] = strict.origin(at);
    }
}
