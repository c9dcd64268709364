package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FoldedTextTest {
    private final FoldedText text = new FoldedText();

    @Test
    void placesCountCharsOfAStringAndOctetsOfUtf8() {
        String original = "é😀 ＰＯＳＴ";

        text.fold(original);

        assertThat(text.originalStart(text.wordStart(1))).isEqualTo(4);
        assertThat(text.originalEnd(text.wordEnd(1))).isEqualTo(8);
        text.fold(original.getBytes(UTF_8));
        assertThat(text.originalStart(text.wordStart(1))).isEqualTo(7);
        assertThat(text.originalEnd(text.wordEnd(1))).isEqualTo(19);
    }

    @Test
    void marksBehindTheLastLetterBelongToIt() {
        text.fold("post\u0301\u200b, a");

        assertThat(text.originalEnd(text.wordEnd(0))).isEqualTo(6);
    }

    @Test
    void partOfAnArrayIsFoldedAsIfItStoodAlone() {
        byte[] octets = "xxéSample Postéxx".getBytes(UTF_8);

        text.fold(octets, 4, 15);

        assertThat(text.toString()).isEqualTo("sample post");
        assertThat(text.originalStart(text.wordStart(1))).isEqualTo(7);
        assertThatThrownBy(() -> text.fold(octets, 4, 99))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("4 to 99");
    }

    @Test
    void placesNeverGoBackAndStayWithinTheText() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 5_000; i++) {
            String original = Samples.text(random, 30);

            checkPlaces(text.fold(original), original.length());
            checkPlaces(new FoldedText().loosen(text), original.length());
            checkPlaces(text.fold(original.getBytes(UTF_8)), original.getBytes(UTF_8).length);
        }
    }

    private static void checkPlaces(FoldedText text, int length) {
        int last = 0;
        for (int place = 0; place < text.length(); place++) {
            int start = text.originalStart(place);
            int end = text.originalEnd(place + 1);
            assertThat(start).isBetween(last, length - 1);
            assertThat(end).isBetween(start + 1, length);
            last = start;
        }
    }

    @Test
    void originalOfAWordIsFoldedToItAgain() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            // What is folded to several words cannot be cut between them.
            String original = Samples.text(random, 30).replaceAll("[ﷺ½㏂㌀]", "");
            text.fold(original);
            for (int word = 0; word < text.words(); word++) {
                int start = text.originalStart(text.wordStart(word));
                int end = text.originalEnd(text.wordEnd(word));

                assertThat(Samples.fold(original.substring(start, end)))
                        .isEqualTo(text.toString().split(" ")[word]);
            }
        }
    }

    @Test
    void stringAndItsUtf8AreFoldedAlike() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < 5_000; i++) {
            String original = Samples.text(random, 30);
            String folded = text.fold(original).toString();

            assertThat(text.fold(original.getBytes(UTF_8)).toString()).isEqualTo(folded);
        }
    }

    @Test
    void wordsOfTheSameLettersHaveTheSameHashWhereverTheyStand() {
        var random = new SplittableRandom(5);
        for (int length = 1; length < 60; length++) {
            String word = "samplepost".repeat(6).substring(0, length);
            long hash = new FoldedText().fold(word).found().hash(0);
            String around = "x ".repeat(random.nextInt(100));

            text.fold(around + word.toUpperCase(Locale.ROOT) + " " + around);

            assertThat(text.found().hash(around.length() / 2)).isEqualTo(hash);
            assertThat(new FoldedText().fold(word + "x").found().hash(0)).isNotEqualTo(hash);
        }
    }

    @Test
    void bufferUsedAgainHoldsNothingOfTheTextBefore() {
        var random = new SplittableRandom(6);
        for (int i = 0; i < 5_000; i++) {
            String original = Samples.text(random, 40);

            assertThat(text.fold(original).toString()).isEqualTo(Samples.fold(original));
        }
    }

    @Test
    void onlyAnotherStrictTextIsLoosened() {
        FoldedText loose = new FoldedText().loosen(text.fold("sample"));

        assertThatThrownBy(() -> text.loosen(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.loosen(loose)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void octetsThatAreNoUtf8SeparateWords() {
        byte[][] broken = {
            {(byte) 0x80},
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xc3},
            {(byte) 0xe2, (byte) 0x82},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0xaf},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xff}
        };
        for (byte[] each : broken) {
            byte[] original = Arrays.copyOf("sample".getBytes(UTF_8), 6 + each.length + 4);
            System.arraycopy(each, 0, original, 6, each.length);
            System.arraycopy("post".getBytes(UTF_8), 0, original, 6 + each.length, 4);

            assertThat(text.fold(original).toString()).isEqualTo("sample post");
            assertThat(text.originalStart(text.wordStart(1))).isEqualTo(6 + each.length);
        }
    }
}
