package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.Character.UnicodeScript;
import org.jalur.screening.ListRule;

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
            throw new RefusedPhraseException(phrase, ListRule.PHRASE_UNSPACED.broken());
        }
    }

    /** For a phrase of a list: a shorter one is in too many texts. */
    static void checkLength(String phrase, FoldedText folded) {
        checkSize(phrase, folded);
        if (folded.toString().getBytes(UTF_8).length < MIN_OCTETS) {
            throw new RefusedPhraseException(phrase, ListRule.PHRASE_SHORT.broken());
        }
    }

    private static void checkSize(String phrase, FoldedText folded) {
        if (folded.words() == 0) {
            throw new RefusedPhraseException(phrase, ListRule.PHRASE_EMPTY.broken());
        }
        if (folded.words() > MAX_WORDS) {
            throw new RefusedPhraseException(
                    phrase, ListRule.PHRASE_WORDS.broken(folded.words(), MAX_WORDS));
        }
        int characters = characters(folded);
        if (characters > MAX_CHARACTERS) {
            throw new RefusedPhraseException(
                    phrase, ListRule.PHRASE_CHARACTERS.broken(characters, MAX_CHARACTERS));
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
