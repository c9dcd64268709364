package org.jalur.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made-up messages and phrases of one vocabulary: words of one to four syllables as Indonesian has
 * them, used as often as their rank says (Zipf), so that the words of messages are the words of
 * phrases too. One message in a hundred contains a phrase, no other does.
 */
final class SampleTexts {
    private static final int VOCABULARY = 200_000;
    private static final int COMMON = 2_000;
    private static final int MESSAGE_OCTETS = 200;
    private static final int PLANTED_EACH = 100;
    private static final int MAX_WORDS = 5;
    private static final String[] FIRST = {
        "b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "k", "t",
        "s", "m", "ng", "ny", ""
    };
    private static final String[] SECOND = {"a", "a", "a", "i", "i", "u", "u", "e", "o", "ai"};
    private static final String[] LAST = {"", "", "", "", "", "n", "ng", "r", "t", "k", "s", "m"};

    private final SplittableRandom random;
    private final List<String> vocabulary = new ArrayList<>();
    private final double[] share = new double[VOCABULARY];

    SampleTexts(long seed) {
        random = new SplittableRandom(seed);
        Set<String> known = new HashSet<>();
        double sum = 0;
        while (vocabulary.size() < VOCABULARY) {
            // What is said often is short.
            String word = word(vocabulary.size() < 50 ? 1 : vocabulary.size() < 5_000 ? 2 : 3);
            if (known.add(word)) {
                sum += 1.0 / (vocabulary.size() + 2.7);
                share[vocabulary.size()] = sum;
                vocabulary.add(word);
            }
        }
    }

    private String word(int syllables) {
        var word = new StringBuilder();
        int count = syllables + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            word.append(one(FIRST)).append(one(SECOND)).append(one(LAST));
        }
        return word.toString();
    }

    private String one(String[] parts) {
        return parts[random.nextInt(parts.length)];
    }

    private String common() {
        double at = random.nextDouble(share[VOCABULARY - 1]);
        int from = 0;
        int to = VOCABULARY - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (share[middle] < at) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return vocabulary.get(from);
    }

    /** Messages without a phrase, of 200 octets of ASCII each. */
    List<String> messages(int count) {
        List<String> messages = new ArrayList<>(count);
        while (messages.size() < count) {
            var text = new StringBuilder();
            while (text.length() < MESSAGE_OCTETS) {
                String word = common();
                boolean capital = text.isEmpty() || random.nextInt(12) == 0;
                text.append(capital ? Character.toUpperCase(word.charAt(0)) : word.charAt(0))
                        .append(word, 1, word.length())
                        .append(random.nextInt(10) == 0 ? ", " : " ");
            }
            messages.add(text.substring(0, MESSAGE_OCTETS));
        }
        return messages;
    }

    /** Distinct phrases of one to five words that are in none of the messages. */
    List<String> phrases(int count, List<String> messages) {
        Set<String> taken = new HashSet<>();
        messages.forEach(message -> windows(message, taken));
        List<String> phrases = new ArrayList<>(count);
        while (phrases.size() < count) {
            String phrase = phrase();
            if (taken.add(phrase)) {
                phrases.add(phrase);
            }
        }
        return phrases;
    }

    private static void windows(String message, Set<String> taken) {
        String[] words = message.toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
        for (int first = 0; first < words.length; first++) {
            var window = new StringBuilder();
            for (int last = first; last < Math.min(words.length, first + MAX_WORDS); last++) {
                taken.add(window.append(last > first ? " " : "").append(words[last]).toString());
            }
        }
    }

    /** Common words with a rare one among them; a single word is one that nobody else uses. */
    private String phrase() {
        int draw = random.nextInt(20);
        int words = draw < 2 ? 1 : draw < 9 ? 2 : draw < 15 ? 3 : draw < 18 ? 4 : 5;
        if (words == 1) {
            return word(2) + word(1);
        }
        int rare = random.nextInt(words);
        var phrase = new StringBuilder();
        for (int i = 0; i < words; i++) {
            phrase.append(i == 0 ? "" : " ")
                    .append(
                            i == rare
                                    ? vocabulary.get(random.nextInt(COMMON, VOCABULARY))
                                    : common());
        }
        return phrase.toString();
    }

    /** The messages, one in a hundred with a phrase in place of as many octets. */
    List<String> plant(List<String> messages, List<String> phrases) {
        List<String> planted = new ArrayList<>(messages);
        for (int i = 0; i < messages.size(); i += PLANTED_EACH) {
            String message = messages.get(i);
            String phrase = phrases.get(random.nextInt(phrases.size()));
            int at = message.indexOf(' ', random.nextInt(40)) + 1;
            planted.set(
                    i,
                    (message.substring(0, at) + phrase + ". " + message.substring(at))
                            .substring(0, MESSAGE_OCTETS));
        }
        return planted;
    }
}
