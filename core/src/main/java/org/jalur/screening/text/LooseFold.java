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

    private final FoldedText strict;
    private final byte[] in;
    private final FoldedText out;

    private LooseFold(FoldedText strict, FoldedText out) {
        this.strict = strict;
        this.in = strict.octets();
        this.out = out;
    }

    static void fold(FoldedText strict, FoldedText out) {
        out.mapped();
        new LooseFold(strict, out).fold();
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

    private void fold() {
        int at = Words.FRONT;
        while (at < strict.end()) {
            if (!startsWord(at)) {
                out.put((byte) ' ', strict.origin(at));
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
        int written = out.end();
        for (int at = from; at < to; at++) {
            if (in[at] < 0) {
                out.put(in[at], strict.origin(at));
            } else if (isWord(at)) {
                byte letter = letters ? LETTERS[in[at]] : in[at];
                boolean repeated =
                        letters
                                && out.end() > written
                                && out.octets()[out.end() - 1] == letter
                                && letter >= 'a';
                if (!repeated) {
                    out.put(letter, strict.origin(at));
                }
            }
        }
    }
}
