package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.Character.UnicodeScript;

/** What a phrase must be to be searched for. */
final class PhraseRule {
    static final int MAX_WORDS = 16;
    private static final int MAX_CHARACTERS = 200;

    /** Four letters of an alphabet, two of a script that writes three octets or more for each. */
    private static final int MIN_OCTETS = 4;

    private PhraseRule() {}

    /** For a phrase found as whole words. */
    static void checkWords(String phrase, FoldedText folded) {
        checkSize(phrase, folded);
        if (isSpaceless(folded)) {
            throw new RefusedPhraseException(
                    phrase,
                    "has letters of a script that writes no spaces between words, so no word begins"
                            + " or ends there",
                    "add it as a part of a text");
        }
    }

    /** For a phrase of a list: a shorter one is in too many texts. */
    static void checkLength(String phrase, FoldedText folded) {
        checkSize(phrase, folded);
        if (folded.toString().getBytes(UTF_8).length < MIN_OCTETS) {
            throw new RefusedPhraseException(
                    phrase,
                    "is too short, so many texts have it: it needs 4 letters, or 2 of a script"
                            + " without spaces",
                    "add a longer one");
        }
    }

    private static void checkSize(String phrase, FoldedText folded) {
        if (folded.words() == 0) {
            throw new RefusedPhraseException(
                    phrase,
                    "has no letter and no digit left once folded",
                    "add one that has words");
        }
        if (folded.words() > MAX_WORDS) {
            throw new RefusedPhraseException(
                    phrase,
                    "has %d words and at most %d are compared".formatted(folded.words(), MAX_WORDS),
                    "leave out the least telling ones");
        }
        int characters = characters(folded);
        if (characters > MAX_CHARACTERS) {
            throw new RefusedPhraseException(
                    phrase,
                    "has %d characters once folded and at most %d are compared"
                            .formatted(characters, MAX_CHARACTERS),
                    "shorten it, or add it as a text to be found by likeness");
        }
    }

    /** Whether a phrase has a letter of a script that does not space its words apart. */
    static boolean isSpaceless(FoldedText folded) {
        return folded.toString().codePoints().anyMatch(PhraseRule::isSpaceless);
    }

    private static boolean isSpaceless(int c) {
        return switch (UnicodeScript.of(c)) {
            case HAN,
                    HIRAGANA,
                    KATAKANA,
                    BOPOMOFO,
                    THAI,
                    LAO,
                    KHMER,
                    MYANMAR,
                    TIBETAN,
                    BALINESE,
                    JAVANESE ->
                    true;
            default -> false;
        };
    }

    static int characters(FoldedText folded) {
        int count = 0;
        for (int i = 0; i < folded.length(); i++) {
            count += Utf8.isContinuation(folded.octet(i)) ? 0 : 1;
        }
        return count;
    }
}
