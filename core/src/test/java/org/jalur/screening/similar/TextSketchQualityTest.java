package org.jalur.screening.similar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// How often the distance {@link TextSketch#NEAR} is right about variants of a text, and about
/// texts that have nothing to do with each other but are made of the same few thousand words.
class TextSketchQualityTest {
    private static final int TEXTS = 1000;

    private final SampleTexts samples = new SampleTexts(11);

    @Test
    void oneWordOfTwentyReplacedIsFound() {
        assertThat(foundOf(20, text -> samples.replaced(text, 1))).isGreaterThan(0.995);
    }

    @Test
    void oneWordOfTenReplacedIsMostlyFound() {
        assertThat(foundOf(10, text -> samples.replaced(text, 1))).isGreaterThan(0.95);
    }

    @Test
    void twoWordsOfTwentyReplacedAreFound() {
        assertThat(foundOf(20, text -> samples.replaced(text, 2))).isGreaterThan(0.98);
    }

    @Test
    void fifthOfTheWordsReplacedIsFoundInThreeOfFourTexts() {
        assertThat(foundOf(20, text -> samples.replaced(text, 4))).isBetween(0.7, 0.9);
    }

    @Test
    void fifthMoreWordsAreFound() {
        assertThat(foundOf(20, text -> samples.inserted(text, 4))).isGreaterThan(0.97);
    }

    @Test
    void otherOrderIsFound() {
        assertThat(foundOf(20, text -> samples.reordered(text, 4))).isGreaterThan(0.995);
    }

    @Test
    void fourMisspeltLettersAreFoundIn140() {
        assertThat(foundOf(20, text -> samples.misspelt(text, 4))).isGreaterThan(0.98);
    }

    @Test
    void halfOfTheWordsReplacedIsAnotherText() {
        assertThat(foundOf(20, text -> samples.replaced(text, 14))).isLessThan(0.02);
    }

    @Test
    void unrelatedTextsAreNotFound() {
        for (int words : List.of(10, 20, 30)) {
            List<TextSketch> sketches = new ArrayList<>();
            for (int i = 0; i < 2 * TEXTS; i++) {
                TextSketch.of(samples.text(words)).ifPresent(sketches::add);
            }
            long wrong = 0;
            for (int i = 0; i < sketches.size(); i++) {
                for (int j = 0; j < i; j++) {
                    wrong += isNear(sketches.get(i), sketches.get(j)) ? 1 : 0;
                }
            }
            // Of two million pairs.
            assertThat(wrong).as("%d words", words).isLessThan(25);
        }
    }

    private double foundOf(int words, UnaryOperator<String> change) {
        int found = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = samples.text(words);
            var sketch = TextSketch.of(text).orElseThrow();
            found += isNear(sketch, TextSketch.of(change.apply(text)).orElseThrow()) ? 1 : 0;
        }
        return (double) found / TEXTS;
    }

    private static boolean isNear(TextSketch one, TextSketch other) {
        return one.distance(other) <= TextSketch.NEAR;
    }
}
