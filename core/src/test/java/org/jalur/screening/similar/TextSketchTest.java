package org.jalur.screening.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSketchTest {
    private static final String TEXT = "sample post a: made up, long enough to be recognised.";

    @Test
    void sketchOfATextIsTheSameForEver() {
        // Lists hold sketches: another value here would make them worthless.
        assertThat(TextSketch.of(TEXT).orElseThrow())
                .hasToString("a24883a4f7214e2399b904bf5b01920e");
    }

    @Test
    void textFormIsReadAsItIsWritten() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            var sketch = new TextSketch(random.nextLong(), random.nextLong());

            assertThat(TextSketch.parse(sketch.toString())).isEqualTo(sketch);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0123456789abcdef0123456789abcdeg",
                "-123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0"
            })
    void otherTextIsNoSketch(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TextSketch.parse(text));
    }

    @Test
    void shortTextHasNoSketch() {
        assertThat(TextSketch.of("")).isEmpty();
        assertThat(TextSketch.of("a".repeat(31))).isEmpty();
        assertThat(TextSketch.of("a".repeat(32))).isPresent();
    }

    @Test
    void repetitionChangesNothing() {
        String once = TEXT + " ";

        assertThat(TextSketch.of(once.repeat(2))).isEqualTo(TextSketch.of(once.repeat(50)));
    }

    @Test
    void distanceEstimatesWhatTwoTextsShare() {
        var texts = new SampleTexts(7);
        double sum = 0;
        int count = 500;
        for (int i = 0; i < count; i++) {
            String one = texts.text(40);
            String other = texts.replaced(one, i % 30);
            int distance =
                    TextSketch.of(one).orElseThrow().distance(TextSketch.of(other).orElseThrow());
            double expected = 64 * (1 - shared(one, other));
            sum += distance - expected;

            // Five standard deviations of 128 fair coins.
            assertThat((double) distance).isCloseTo(expected, within(29.0));
        }
        assertThat(sum / count).isCloseTo(0, within(1.0));
    }

    private static double shared(String one, String other) {
        Set<String> both = shingles(one);
        both.retainAll(shingles(other));
        Set<String> all = shingles(one);
        all.addAll(shingles(other));
        return (double) both.size() / all.size();
    }

    private static Set<String> shingles(String text) {
        var shingles = new HashSet<String>();
        for (int i = 4; i <= text.length(); i++) {
            shingles.add(text.substring(i - 4, i));
        }
        return shingles;
    }
}
