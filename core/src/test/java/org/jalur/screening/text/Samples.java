package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random texts that are hard to fold, and the plain way to find phrases in a text. */
final class Samples {
    private static final String[] PIECES = {
        "sample",
        "post",
        "a",
        "b",
        "Sample",
        "POST",
        "anak2",
        " ",
        "  ",
        ", ",
        "\n",
        "-",
        "_",
        "'",
        "é",
        "e\u0301",
        "ñ",
        "ß",
        "ﬁ",
        "Ⅳ",
        "½",
        "ＡＢ",
        "𝐬𝐚𝐦",
        "ⓟ",
        "🅰",
        "🄿",
        "😀",
        "🇮🇩",
        "ѕаmрlе",
        "ροst",
        "мир",
        "й",
        "أحمد",
        "إ",
        "مـثال",
        "ة",
        "٢٠١٧",
        "ﷺ",
        "ﻻ",
        "שלום",
        "नमस्ते",
        "ि",
        "ไทย",
        "ที่",
        "样本",
        "サンプル",
        "ｶﾞ",
        "が",
        "か\u3099",
        "한국",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u00ad",
        "\ufe0f",
        "\u0300\u0301\u0302",
        "\u20e3",
        "\ud83d",
        "\udc00",
        "\u0000",
        "0",
        "1",
        "$",
        "@",
        "s a m p l e",
        "saaampleee",
        "5ampl3",
        "\udb40\udc41",
        "ㅤ",
        "㏂",
        "㌀"
    };

    private Samples() {}

    static String text(SplittableRandom random, int pieces) {
        var text = new StringBuilder();
        for (int i = 0; i < random.nextInt(pieces + 1); i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    static String fold(String text) {
        return new FoldedText().fold(text).toString();
    }

    static String loosen(String text) {
        return new FoldedText().loosen(new FoldedText().fold(text)).toString();
    }

    /** "number start end", for each hit, in folded places that count words or octets. */
    static List<String> search(PhraseTable table, FoldedText text) {
        List<String> hits = new ArrayList<>();
        table.search(text, (ordinal, start, end) -> hits.add(ordinal + " " + start + " " + end));
        return hits.stream().sorted().toList();
    }

    /** The same, by comparing each phrase with the words at each place. */
    static List<String> searchPlainly(List<String> phrases, FoldedText text) {
        String[] words = text.toString().split(" ");
        List<String> hits = new ArrayList<>();
        for (int ordinal = 0; ordinal < phrases.size(); ordinal++) {
            String folded =
                    text.form() == Form.LOOSE
                            ? loosen(phrases.get(ordinal))
                            : fold(phrases.get(ordinal));
            int count = folded.split(" ").length;
            for (int first = 0; first + count <= text.words(); first++) {
                var window = String.join(" ", List.of(words).subList(first, first + count));
                if (window.equals(folded)) {
                    hits.add(
                            ordinal
                                    + " "
                                    + text.originalStart(text.wordStart(first))
                                    + " "
                                    + text.originalEnd(text.wordEnd(first + count - 1)));
                }
            }
        }
        return hits.stream().sorted().toList();
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
