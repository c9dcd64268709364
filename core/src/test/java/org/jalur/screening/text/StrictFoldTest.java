package org.jalur.screening.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictFoldTest {
    @ParameterizedTest
    @CsvSource({
        "Sample POST A, sample post a",
        "' sample,  post -- a! ', sample post a",
        "sample_post, sample post",
        "Café Ñandú Ångström, cafe nandu angstrom",
        "Straße STRASSE, strasse strasse",
        "ﬁle ﬀ ǆ, file ff dz",
        "Ⅳ ½, iv 1 2",
        "İstanbul ıstanbul, istanbul istanbul",
        "ｓａｍｐｌｅ　ＰＯＳＴ, sample post",
        "ⓢⓐⓜⓟⓛⓔ ⒫⒪⒮⒯, sample p o s t",
        "🅢🅐🅜🅟🅛🅔 🅿🅾🆂🆃 🄿🄾🅂🅃, sample post post",
        "𝐬𝐚𝐦𝐩𝐥𝐞 𝔭𝔬𝔰𝔱 𝟜𝟝, sample post 45",
        "ꜱᴀᴍᴘʟᴇ ᴘᴏꜱᴛ, sample post",
        "ѕаmрlе роѕt, sample post",
        "ΡΟST ροst, post post",
        "ЁЖ ёж, eж eж",
        "anak2 ke-2, anak2 ke 2",
        "x² H₂O, x2 h2o",
    })
    void letterThatReadsLikeAnotherBecomesIt(String text, String folded) {
        assertThat(Samples.fold(text)).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource({
        "أحمد إلى آخر ٱسم, احمد الي اخر اسم",
        "مدرسة, مدرسه",
        "مـثـــال, مثال",
        "كَتَبَ, كتب",
        "ﻛﺘﺎﺏ ﻻ, كتاب لا",
        "کتابی, كتابي",
        "٢٠١٧ ۲۰۱۷, 2017 2017",
        "ﷺ, صلي الله عليه وسلم",
        "שָׁלוֹם, שלום",
        "Μίαςς μίασσ, miaσσ miaσσ",
    })
    void marksAndFormsOfArabicHebrewAndGreekAreNoDifference(String text, String folded) {
        assertThat(Samples.fold(text)).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource({
        "नमस्ते, नमस्ते",
        "ที่นี่, ที่นี่",
        "がぎ, か\u3099き\u3099",
        "ｶﾞ, カ\u3099",
        "样本, 样本",
        "한국, 한국"
    })
    void vowelsAndVoicingThatAreWrittenAsMarksStay(String text, String folded) {
        assertThat(Samples.fold(text)).isEqualTo(folded);
    }

    @Test
    void whatCannotBeSeenIsRemoved() {
        assertThat(Samples.fold("sa\u200bm\u200d\ufeffp\u00adl\u2060e \u202epo\u2066st\u202c"))
                .isEqualTo("sample post");
        assertThat(Samples.fold("s\u0336a\u0336m\u20ddp\ufe0fle\u0301\u0302\u0303"))
                .isEqualTo("sample");
        assertThat(Samples.fold("sam\udb40\udc70ple po\u3164st")).isEqualTo("sample post");
    }

    @Test
    void vowelSignOfAnotherScriptBehindALatinLetterIsRemoved() {
        assertThat(Samples.fold("sa\u093fm\u0e34ple")).isEqualTo("sample");
    }

    @Test
    void picturesAndFlagsSeparateWords() {
        assertThat(Samples.fold("sample😀post🇮🇩a")).isEqualTo("sample post a");
    }

    @Test
    void textWithoutLettersHasNoWords() {
        assertThat(new FoldedText().fold("").words()).isZero();
        assertThat(new FoldedText().fold(" -- 😀 \u0301 \u200b").words()).isZero();
        assertThat(Samples.fold("!?")).isEmpty();
    }

    @Test
    void foldingTheFoldedChangesNothingForAnyCharacter() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String once = Samples.fold(Character.toString(c));

            assertThat(Samples.fold(once)).as("U+%04X", c).isEqualTo(once);
        }
    }

    @Test
    void foldingTheFoldedChangesNothingForRandomTexts() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            String text = Samples.text(random, 20);
            String once = Samples.fold(text);

            assertThat(Samples.fold(once)).as(text).isEqualTo(once);
        }
    }

    @Test
    void capitalsOfAnyLetterAreNoDifference() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isLetter(c)) {
                int capital = Character.toUpperCase(c);
                assertThat(Samples.fold(Character.toString(capital)))
                        .as("U+%04X", c)
                        .isEqualTo(Samples.fold(Character.toString(c)));
            }
        }
    }

    @Test
    void lengthAndPlaceOfAPlainTextChangeNothing() {
        for (int length = 0; length < 200; length++) {
            String text = "AbCdEfGhI ".repeat(20).substring(0, length);

            assertThat(Samples.fold(text)).isEqualTo(text.toLowerCase(Locale.ROOT).strip());
            assertThat(Samples.fold("é" + text))
                    .isEqualTo("e" + text.toLowerCase(Locale.ROOT).strip());
        }
    }
}
