package org.jalur.screening.similar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Made-up texts, and variants of them as people make them to pass a filter.
final class SampleTexts {
    private static final List<String> SYLLABLES =
            List.of(
                    "ba", "ri", "ta", "me", "ngu", "lan", "pa", "sar", "ki", "ra", "sa", "tu", "da",
                    "ke", "ber", "an", "di", "mo", "ke", "ter", "kan", "la", "ma", "wa", "nya");

    private final SplittableRandom random;
    private final List<String> words;

    SampleTexts(long seed) {
        random = new SplittableRandom(seed);
        // As in any language few words are used often: the place in the list decides.
        words = IntStream.range(0, 3000).mapToObj(_ -> word(1 + random.nextInt(4))).toList();
    }

    private String word(int syllables) {
        return IntStream.range(0, syllables)
                .mapToObj(_ -> SYLLABLES.get(random.nextInt(SYLLABLES.size())))
                .collect(Collectors.joining());
    }

    private String word() {
        double place = Math.pow(words.size(), random.nextDouble()) - 1;
        return words.get((int) place);
    }

    String text(int words) {
        return IntStream.range(0, words).mapToObj(_ -> word()).collect(Collectors.joining(" "));
    }

    /// Other words in so many places.
    String replaced(String text, int places) {
        List<String> changed = split(text);
        for (int i = 0; i < places; i++) {
            changed.set(random.nextInt(changed.size()), word());
        }
        return String.join(" ", changed);
    }

    /// So many words more, anywhere.
    String inserted(String text, int count) {
        List<String> changed = split(text);
        for (int i = 0; i < count; i++) {
            changed.add(random.nextInt(changed.size() + 1), word());
        }
        return String.join(" ", changed);
    }

    /// The same text in parts of some words, in another order.
    String reordered(String text, int parts) {
        List<String> all = split(text);
        int length = Math.ceilDiv(all.size(), parts);
        List<String> shuffled = new ArrayList<>();
        for (int from = 0; from < all.size(); from += length) {
            shuffled.add(String.join(" ", all.subList(from, Math.min(all.size(), from + length))));
        }
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return String.join(" ", shuffled);
    }

    /// One letter changed in so many places.
    String misspelt(String text, int places) {
        var changed = new StringBuilder(text);
        for (int i = 0; i < places; i++) {
            changed.setCharAt(random.nextInt(changed.length()), (char) ('a' + random.nextInt(26)));
        }
        return changed.toString();
    }

    private static List<String> split(String text) {
        return new ArrayList<>(List.of(text.split(" ", -1)));
    }
}
