package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseSearchTest {
    private final PhraseSearch search = new PhraseSearch();

    private static Phrases phrases(String... phrases) {
        var builder = new Phrases.Builder(Form.LOOSE);
        List.of(phrases).forEach(builder::add);
        return builder.build();
    }

    @Test
    void strictHitSaysWhereAndThatItIsStrict() {
        assertThat(search.in("A Sämple, pоst").find(phrases("other", "sample post")))
                .containsExactly(new PhraseHit(1, 2, 14, Form.STRICT));
        assertThat(search.in("A Sämple, pоst".getBytes(UTF_8)).find(phrases("sample post")))
                .containsExactly(new PhraseHit(0, 2, 16, Form.STRICT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5ampl3 p0st", "saaample poooost", "s.a.m.p.l.e post", "$ample post"})
    void disguisedPhraseIsALooseHitOnly(String text) {
        assertThat(search.in(text).find(phrases("sample post")))
                .containsExactly(new PhraseHit(0, 0, text.length(), Form.LOOSE));
    }

    @Test
    void placeFoundInBothFormsIsNamedOnce() {
        assertThat(search.in("sample post, s4mple post").find(phrases("sample post")))
                .containsExactly(
                        new PhraseHit(0, 0, 11, Form.STRICT), new PhraseHit(0, 13, 24, Form.LOOSE));
    }

    @Test
    void searchEndsWithTheHitAtWhichItIsToldTo() {
        var enough = new IllegalStateException("enough");
        List<PhraseHit> seen = new ArrayList<>();
        PhraseSearch within = search.in("sample post, s4mple post, ".repeat(1_000));

        assertThatThrownBy(() ->
                        within.find(
                                phrases("sample post"),
                                hit -> {
                                    seen.add(hit);
                                    if (seen.size() == 3) {
                                        throw enough;
                                    }
                                }))
                .isSameAs(enough);

        assertThat(seen).hasSize(3);
        assertThat(within.find(phrases("sample post"))).hasSize(2_000);
    }

    @Test
    void shortPhraseIsNotSearchedForLoosely() {
        assertThat(search.in("p0st gooood").find(phrases("post", "good"))).isEmpty();
    }

    @Test
    void listWithoutLooseFormHasStrictHitsOnly() {
        var builder = new Phrases.Builder(Form.STRICT);
        builder.add("sample post");

        assertThat(search.in("s4mple post").find(builder.build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"这是样本帖子吗", "样本帖子", "a样本帖子b", "样\u200b本帖\u200b子"})
    void phraseWithoutSpacesIsFoundAnywhere(String text) {
        assertThat(search.in(text).find(phrases("样本帖子")))
                .singleElement()
                .satisfies(hit ->
                        assertThat(Samples.fold(text.substring(hit.start(), hit.end())))
                                .isEqualTo("样本帖子"));
    }

    @Test
    void thaiAndJapanesePhrasesAreFoundAnywhere() {
        assertThat(search.in("นี่คือโพสต์ตัวอย่างนะ").find(phrases("ตัวอย่าง"))).hasSize(1);
        assertThat(search.in("これはｻﾝﾌﾟﾙです").find(phrases("サンプル"))).hasSize(1);
        assertThat(search.in("นี่คือโพสต์").find(phrases("ตัวอย่าง"))).isEmpty();
    }

    @Test
    void partIsFoundWithinWordsAndAcrossSigns() {
        var builder = new Phrases.Builder(Form.LOOSE);
        builder.addPart("ample po");
        Phrases list = builder.build();

        assertThat(search.in("a Sample --  POST").find(list))
                .containsExactly(new PhraseHit(0, 3, 15, Form.STRICT));
        assertThat(search.in("samplepost").find(list)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "样", "!!!!!"})
    void partThatIsTooShortIsRefused(String part) {
        var builder = new Phrases.Builder(Form.STRICT);

        assertThatThrownBy(() -> builder.addPart(part))
                .isInstanceOf(RefusedPhraseException.class)
                .hasMessageContaining(part);
        assertThat(builder.add("sample")).isZero();
    }

    @Test
    void partsFoundAreThoseThatComparingAtEachPlaceFinds() {
        var random = new SplittableRandom(10);
        for (int round = 0; round < 200; round++) {
            List<String> parts = new ArrayList<>();
            var builder = new Phrases.Builder(Form.STRICT);
            for (int i = 0; i < 40; i++) {
                String part = letters(random, 4 + random.nextInt(8));
                parts.add(part);
                builder.addPart("xx" + part + "yy");
            }
            Phrases list = builder.build();
            for (int i = 0; i < 20; i++) {
                String text = letters(random, 30).replace("a", "xxa").replace("b", "byy");
                int plain = 0;
                String folded = Samples.fold(text);
                for (String part : parts) {
                    String sought = Samples.fold("xx" + part + "yy");
                    for (int at = folded.indexOf(sought);
                            at >= 0;
                            at = folded.indexOf(sought, at + 1)) {
                        plain++;
                    }
                }
                assertThat(search.in(text).find(list)).hasSize(plain);
            }
        }
    }

    private static String letters(SplittableRandom random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("ab ж".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    @Test
    void everyStrictHitIsFoldedToItsPhrase() {
        var random = new SplittableRandom(11);
        Phrases list =
                phrases(
                        "sample",
                        "post",
                        "a post",
                        "anak2",
                        "мир post",
                        "样本",
                        "ไทย",
                        "post sample");
        List<String> folded =
                List.of(
                        "sample",
                        "post",
                        "a post",
                        "anak2",
                        "mup post",
                        "样本",
                        "ไทย",
                        "post sample");
        int hits = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = Samples.text(random, 30);
            for (PhraseHit hit : search.in(text).find(list)) {
                String span = text.substring(hit.start(), hit.end());
                String sought = folded.get(hit.ordinal());
                assertThat(hit.form() == Form.STRICT ? Samples.fold(span) : Samples.loosen(span))
                        .as(text)
                        .contains(hit.form() == Form.STRICT ? sought : Samples.loosen(sought));
                hits++;
            }
        }
        assertThat(hits).isGreaterThan(1_000);
    }

    @Test
    void wordsAndPartsHaveTheirNumbersInOneRow() {
        assertThat(search.in("sample, 样本帖子 !").find(phrases("样本帖子", "sample")))
                .containsExactlyInAnyOrder(
                        new PhraseHit(0, 8, 12, Form.STRICT), new PhraseHit(1, 0, 6, Form.STRICT));
    }

    @Test
    void listReadAgainFindsTheSame() throws IOException {
        Phrases list = phrases("sample post", "样本", "post");
        var out = new ByteArrayOutputStream();
        list.writeTo(new DataOutputStream(out));
        Phrases read =
                Phrases.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));

        String text = "s4mple post 样本 post";
        assertThat(read.size()).isEqualTo(3);
        assertThat(search.in(text).find(read)).hasSize(4).isEqualTo(search.in(text).find(list));
    }
}
