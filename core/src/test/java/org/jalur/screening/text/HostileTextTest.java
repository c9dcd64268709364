package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HostileTextTest {
    private static final int MEGABYTE = 1 << 20;
    private final PhraseSearch search = new PhraseSearch();
    private final Phrases list = list();

    private static Phrases list() {
        var builder = new Phrases.Builder(Form.LOOSE);
        builder.add("sample post");
        builder.addPart("mple");
        return builder.build();
    }

    @Test
    void millionMarksHideNothing() {
        String marks = "\u0301".repeat(MEGABYTE);

        assertThat(search.in("sam" + marks + "ple" + marks + " post" + marks).find(list))
                .contains(new PhraseHit(0, 0, 11 + 3 * MEGABYTE, Form.STRICT));
        assertThat(search.in(marks).find(list)).isEmpty();
    }

    @Test
    void millionInvisibleCharactersHideNothing() {
        String bidi = "\u202e\u2066\u200b\u00ad".repeat(MEGABYTE / 4);

        assertThat(search.in(bidi + "sam" + bidi + "ple post").find(list))
                .contains(new PhraseHit(0, MEGABYTE, 2 * MEGABYTE + 11, Form.STRICT));
    }

    @Test
    void loneSurrogatesSeparateWordsAndKeepTheirPlace() {
        assertThat(search.in("\ud83d\ud83dsample\udc00post\ud83d").find(list))
                .contains(new PhraseHit(0, 2, 13, Form.STRICT));
        assertThat(search.in("\ud83d".repeat(MEGABYTE) + "é sample post").find(list))
                .contains(new PhraseHit(0, MEGABYTE + 2, MEGABYTE + 13, Form.STRICT));
    }

    @Test
    void oneWordOfAMegabyteIsNoTrouble() {
        assertThat(search.in("a".repeat(MEGABYTE)).find(list)).isEmpty();
        assertThat(search.in("a ".repeat(MEGABYTE)).find(list)).isEmpty();
        assertThat(search.in("ﷺ".repeat(MEGABYTE)).find(list)).isEmpty();
    }

    @Test
    void phraseAThousandTimesIsFoundAThousandTimes() {
        List<PhraseHit> hits = search.in("é sample post ".repeat(10_000)).find(list);

        assertThat(hits.stream().filter(hit -> hit.ordinal() == 0)).hasSize(10_000);
    }

    @Test
    void anyOctetsCanBeSearched() {
        var random = new SplittableRandom(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(100)];
            random.nextBytes(octets);

            for (PhraseHit hit : search.in(octets).find(list)) {
                assertThat(hit.end()).isBetween(hit.start() + 1, octets.length);
            }
        }
    }

    @Test
    void anyCharsCanBeSearched() {
        var random = new SplittableRandom(13);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(100), 0, 0x10000).forEach(c -> text.append((char) c));

            FoldedText folded = search.in(text.toString()).strict();
            for (int word = 0; word < folded.words(); word++) {
                int end = folded.originalEnd(folded.wordEnd(word));
                assertThat(end)
                        .isBetween(folded.originalStart(folded.wordStart(word)) + 1, text.length());
            }
            assertThat(folded.toString().getBytes(UTF_8)).doesNotContain((byte) '?');
        }
    }
}
