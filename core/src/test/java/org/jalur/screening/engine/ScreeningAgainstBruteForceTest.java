package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.text.FoldedText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was added, removed and merged, the hits are those of a plain look at every entry. */
class ScreeningAgainstBruteForceTest {
    private static final String[] WORDS = {
        "pasar", "kota", "hujan", "kapal", "buku", "kopi", "layar", "pintu"
    };
    private static final List<Signal> SIGNALS = List.of(Signal.values());
    private static final int STEPS = 400;

    private final SetClock clock = new SetClock();
    private final Holdings holdings = Samples.holdings(clock);
    private final Screening engine = Samples.engine(holdings, clock);
    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private SplittableRandom random = new SplittableRandom(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void hitsAreThoseOfALookAtEveryEntry(long seed) {
        random = new SplittableRandom(seed);
        engine.put(SignatureList.own(Samples.LIST, "Sample list", Mode.BLOCK));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> add(1 + random.nextInt(random.nextInt(20) == 0 ? 900 : 40));
                case 2 -> remove();
                case 3 -> holdings.merge();
                default -> compare(content());
            }
        }
        assertThat(engine.status().entries()).isEqualTo(entries.size());
        while (holdings.merge()) {
            compare(content());
        }
        compare(content());
        assertThat(engine.status().parts()).isLessThan(12);
    }

    private void add(int count) {
        var added = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            UUID id = random.nextInt(4) == 0 && !entries.isEmpty() ? anyId() : Samples.id(random);
            Signal signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
            added.add(Entry.of(id, Samples.LIST, signal, value(signal)));
        }
        Added result = engine.add(added);
        assertThat(result.refused()).isEmpty();
        added.forEach(entry -> entries.put(entry.id(), engine.find(entry.id()).orElseThrow()));
    }

    private void remove() {
        if (!entries.isEmpty()) {
            UUID id = anyId();
            assertThat(engine.remove(List.of(id))).containsExactly(entries.remove(id));
            assertThat(engine.find(id)).isEmpty();
        }
    }

    private UUID anyId() {
        return new ArrayList<>(entries.keySet()).get(random.nextInt(entries.size()));
    }

    private String value(Signal signal) {
        return switch (signal) {
            case FILE_SHA256 -> digest(32);
            case FILE_MD5 -> digest(16);
            case PDQ -> near(random.nextInt(4)).toString();
            case PHRASE -> words(2 + random.nextInt(2));
            case SIMILAR_TEXT ->
                    SimilarText.value(words(random.nextInt(3) == 0 ? 150 : 12)).orElseThrow();
            case URL -> "https://" + host() + "/" + (random.nextBoolean() ? "" : word());
            case DOMAIN -> host();
            case HANDLE -> "t.me/sample_" + word();
        };
    }

    /** One of few digests, so that several entries have the same. */
    private String digest(int length) {
        byte[] digest = new byte[length];
        digest[0] = (byte) random.nextInt(30);
        return HexFormat.of().formatHex(digest);
    }

    private PdqHash near(int centre) {
        long word = new SplittableRandom(centre).nextLong();
        long flips = 0;
        for (int i = random.nextInt(24); i > 0; i--) {
            flips |= 1L << random.nextInt(Long.SIZE);
        }
        return new PdqHash(word ^ flips, word, ~word, word ^ random.nextLong(64));
    }

    private String host() {
        return random.nextBoolean() ? word() + ".com" : word() + "." + word() + ".com";
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String words(int count) {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            all.add(word());
        }
        return String.join(" ", all);
    }

    private record Asked(
            String text, String sha256, String md5, PdqHash pdq, String host, String channel) {}

    private Asked content() {
        return new Asked(
                words(random.nextInt(4) == 0 ? 150 : 12),
                digest(32),
                digest(16),
                near(random.nextInt(4)),
                host(),
                "sample_" + word());
    }

    private void compare(Asked asked) {
        Content content =
                Content.that(Visibility.PUBLIC)
                        .text(asked.text)
                        .sha256(asked.sha256)
                        .md5(asked.md5)
                        .picture(asked.pdq, 80)
                        .url("http://" + asked.host + "/" + WORDS[0] + "?q=1")
                        .url("https://telegram.me/" + asked.channel + "/12")
                        .build();

        Set<UUID> hits =
                Samples.screen(engine, content).hits().stream()
                        .map(hit -> hit.entry().id())
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<UUID> expected =
                entries.values().stream()
                        .filter(entry -> matches(entry, asked))
                        .map(Entry::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(hits).isEqualTo(expected);
    }

    private static boolean matches(Entry entry, Asked asked) {
        String value = entry.value();
        return switch (entry.signal()) {
            case FILE_SHA256 -> value.equals(asked.sha256);
            case FILE_MD5 -> value.equals(asked.md5);
            case PDQ -> PdqHash.parse(value).distance(asked.pdq) <= 31;
            case PHRASE -> (" " + asked.text + " ").contains(" " + value + " ");
            case SIMILAR_TEXT -> isSimilar(value, asked.text);
            case URL -> {
                String name = value.substring("http://".length(), value.indexOf('/', 8));
                String path = value.substring(value.indexOf('/', 8));
                yield isBelow(asked.host, name) && (path.equals("/") || path.equals("/pasar"));
            }
            case DOMAIN -> isBelow(asked.host, value);
            case HANDLE -> value.equals("telegram:channel:" + asked.channel);
        };
    }

    private static boolean isBelow(String host, String name) {
        return host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isSimilar(String value, String text) {
        if (value.startsWith("T1")) {
            return Tlsh.of(text.getBytes(UTF_8))
                    .filter(own -> own.distance(Tlsh.parse(value)) <= Tlsh.NEAR)
                    .isPresent();
        }
        return text.length() <= 1024
                && TextSketch.of(new FoldedText().fold(text).toString())
                        .filter(own -> own.distance(TextSketch.parse(value)) <= TextSketch.NEAR)
                        .isPresent();
    }
}
