package org.jalur.screening.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseFoldTest {
    @ParameterizedTest
    @CsvSource({
        "5ampl3 p0$t, sample post",
        "s@mple, sample",
        "$ample $5, sample 5",
        "@sample, sample",
        "s a m p l e, sample",
        "a s.a.m.p.l.e post, a sample post",
        "s-4-m-p-l-3, sample",
        "s a m p l e  p o s t, sample post",
        "saaampleee pppost, sample post",
        "s a a m p l e, sample",
        "good god, god god",
        "2017 1 000, 2017 1 000",
        "a b, a b",
        "м и р, mup",
        "样 本 帖, 样本帖",
    })
    void lettersWrittenAsSomethingElseBecomeLetters(String text, String folded) {
        assertThat(Samples.loosen(text)).isEqualTo(folded);
    }

    /** A text of ASCII that has only letters and signs is folded another way. */
    @Test
    void textOfLettersAndSignsIsFoldedAsItIsBesideOthers() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int left = random.nextInt(40); left > 0; left--) {
                text.append("aabbcdz  . ,-".charAt(random.nextInt(13)));
            }

            FoldedText alone = loosen(text.toString());
            FoldedText beside = loosen(text + "  é");

            assertThat(beside.toString()).isEqualTo((alone + " e").stripLeading());
            for (int word = 0; word < alone.words(); word++) {
                assertThat(alone.originalStart(alone.wordStart(word)))
                        .isEqualTo(beside.originalStart(beside.wordStart(word)));
                assertThat(alone.originalEnd(alone.wordEnd(word)))
                        .isEqualTo(beside.originalEnd(beside.wordEnd(word)));
            }
        }
    }

    private static FoldedText loosen(String text) {
        return new FoldedText().loosen(new FoldedText().fold(text));
    }

    @Test
    void placesSpanAllThatALetterWasMadeOf() {
        FoldedText text =
                new FoldedText()
                        .loosen(new FoldedText().fold("a p0😀 é s a m p l eee, saaampleee"));

        int word = text.words() - 1;
        assertThat(text.originalEnd(text.wordEnd(word))).isEqualTo(34);
        assertThat(text.originalStart(text.wordStart(word))).isEqualTo(24);
    }
}
