package org.jalur.screening.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseTableTest {
    private static final List<String> PHRASES =
            List.of("sample post", "post", "Sample Post A", "a", "sample  post!", "post sample");
    private final FoldedText text = new FoldedText();

    @Test
    void everyPhraseIsFoundAtEachOfItsPlaces() {
        PhraseTable table = PhraseTable.of(Form.STRICT, PHRASES);

        assertThat(Samples.search(table, text.fold("A Sample, POST: a!")))
                .containsExactly("0 2 14", "1 10 14", "2 2 17", "3 0 1", "3 16 17", "4 2 14");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "samples post",
                "asample post",
                "sample the post",
                "samplepost",
                "sample",
                "p ost",
                "",
                "!"
            })
    void otherWordsAreNoHit(String other) {
        PhraseTable table = PhraseTable.of(Form.STRICT, List.of("sample post"));

        assertThat(Samples.search(table, text.fold(other))).isEmpty();
    }

    @Test
    void emptyTableFindsNothing() {
        PhraseTable table = PhraseTable.of(Form.STRICT, List.of());

        assertThat(table.size()).isZero();
        assertThat(Samples.search(table, text.fold("sample post"))).isEmpty();
    }

    @Test
    void searchFindsWhatComparingEachPhraseAtEachPlaceFinds() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            Form form = round % 2 == 0 ? Form.STRICT : Form.LOOSE;
            List<String> phrases = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                phrases.add(words(random, 1 + random.nextInt(round % 10 == 0 ? 9 : 4)));
            }
            PhraseTable table = PhraseTable.of(form, phrases);
            for (int i = 0; i < 20; i++) {
                FoldedText folded = new FoldedText().fold(words(random, random.nextInt(60)));
                FoldedText asked = form == Form.STRICT ? folded : text.loosen(folded);

                assertThat(Samples.search(table, asked))
                        .isEqualTo(Samples.searchPlainly(phrases, asked));
            }
        }
    }

    private static String words(SplittableRandom random, int count) {
        String[] words = {
            "a",
            "aa",
            "b",
            "Sample",
            "s4mple",
            "POST",
            "é",
            "пост",
            "samplesamplesamplex",
            "samplesamplesamplesamplez"
        };
        String[] signs = {" ", "  ", ", ", "-", "😀", " \u200b"};
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(words[random.nextInt(words.length)])
                    .append(signs[random.nextInt(signs.length)]);
        }
        return text.toString();
    }

    @Test
    void manyPhrasesOfFewWordsAreAllFoundOnce() {
        var random = new SplittableRandom(8);
        Set<String> phrases = new HashSet<>();
        while (phrases.size() < 20_000) {
            phrases.add(
                    "w"
                            + random.nextInt(300)
                            + " w"
                            + random.nextInt(300)
                            + " w"
                            + random.nextInt(20));
        }
        List<String> list = List.copyOf(phrases);
        PhraseTable table = PhraseTable.of(Form.STRICT, list);

        for (int i = 0; i < list.size(); i++) {
            assertThat(Samples.search(table, text.fold(list.get(i))))
                    .containsExactly(i + " 0 " + list.get(i).length());
        }
    }

    @Test
    void sameWordsManyTimesAreAsManyHits() {
        PhraseTable table = PhraseTable.of(Form.STRICT, Collections.nCopies(50_000, "sample post"));

        assertThat(Samples.search(table, text.fold("sample post"))).hasSize(50_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!?", "😀", "\u200b", "\u0301"})
    void phraseWithoutWordsIsRefused(String phrase) {
        assertRefused(phrase, "no letter and no digit");
    }

    @Test
    void phraseThatIsTooLongIsRefused() {
        assertRefused("a ".repeat(17), "has 17 words and at most 16 are compared");
        assertRefused("a".repeat(201), "has 201 characters once folded and at most 200");
        assertRefused("样本", "writes no spaces");
        assertThat(PhraseTable.of(Form.STRICT, List.of("a ".repeat(16), "ж".repeat(200))).size())
                .isEqualTo(2);
    }

    private static void assertRefused(String phrase, String rule) {
        var builder = new PhraseTable.Builder(Form.STRICT);

        assertThatThrownBy(() -> builder.add(phrase))
                .isInstanceOf(RefusedPhraseException.class)
                .hasMessageContaining(rule)
                .hasMessageContaining(phrase.substring(0, Math.min(80, phrase.length())));
        assertThat(builder.add("sample")).as("the number is still free").isZero();
    }

    @Test
    void textOfAnotherFormIsRefused() {
        PhraseTable table = PhraseTable.of(Form.LOOSE, PHRASES);

        assertThatThrownBy(() -> table.search(text.fold("sample"), (_, _, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STRICT")
                .hasMessageContaining("LOOSE");
    }

    @Test
    void tableReadAgainFindsTheSame() throws IOException {
        byte[] written = written();
        PhraseTable table =
                PhraseTable.read(new DataInputStream(new ByteArrayInputStream(written)));

        assertThat(table.form()).isEqualTo(Form.STRICT);
        assertThat(table.size()).isEqualTo(PHRASES.size());
        text.fold("A Sample, POST: a!");
        assertThat(Samples.search(table, text))
                .isEqualTo(Samples.search(PhraseTable.of(Form.STRICT, PHRASES), text));
    }

    @Test
    void tableCutOffAnywhereIsRefused() throws IOException {
        byte[] written = written();
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);

            assertThatThrownBy(() ->
                            PhraseTable.read(new DataInputStream(new ByteArrayInputStream(cut))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tableWithAChangedOctetIsRefusedOrAnotherTable() throws IOException {
        var random = new SplittableRandom(9);
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = written();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                PhraseTable.read(new DataInputStream(new ByteArrayInputStream(changed)))
                        .search(
                                text.fold("a sample post a"),
                                (_, start, end) -> assertThat(end).isGreaterThan(start));
            } catch (IOException | IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("null pointer");
            }
        }
    }

    private static byte[] written() throws IOException {
        var out = new ByteArrayOutputStream();
        PhraseTable.of(Form.STRICT, PHRASES).writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }
}
