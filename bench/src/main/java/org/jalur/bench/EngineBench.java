package org.jalur.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Content;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.SimilarText;
import org.jalur.screening.engine.Visibility;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.text.Form;

/**
 * The whole engine: a million phrases, ten million addresses and file digests, a million pictures;
 * messages of 200 octets of which one in twenty has a file digest and a picture, and one in a
 * hundred a phrase. Strict forms first; then loose forms, addresses in texts and 100,000 similar
 * texts too. Prints messages a second with one and with two threads, how long a saved engine takes
 * to start, and how long an addition takes to count.
 *
 * <p>Run with -Xmx6g.
 */
public final class EngineBench {
    private static final int PHRASES = 1_000_000;
    private static final int KEYS = 10_000_000;
    private static final int PICTURES = 1_000_000;
    private static final int SIMILAR = 100_000;
    private static final int MESSAGES = 100_000;
    private static final int BATCH = 250_000;
    private static final int ROUNDS = 7;
    private static final int WITH_HASH = 20;
    private static final int QUALITY = 80;
    private static final String LIST = "list";
    private static final Instant LATE = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final double scale;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Content> messages = new ArrayList<>();
    private final List<String> phrases;
    private final List<String> texts;
    private int planted;

    private EngineBench(double scale) {
        this.scale = scale;
        var samples = new SampleTexts(1);
        List<String> plain = samples.messages(MESSAGES);
        phrases = samples.phrases(scaled(PHRASES), plain);
        texts = samples.plant(plain, phrases);
    }

    /**
     * @param arguments the share of all these entries; 1 unless told
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double scale = arguments.length == 0 ? 1 : Double.parseDouble(arguments[0]);
        new EngineBench(scale).run();
    }

    private int scaled(int count) {
        return (int) (count * scale);
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("engine-bench");
        try {
            build(folder);
            Settings strict = Settings.standard().withForm(Form.STRICT).withoutAddressesInText();
            try (Screening engine = start(folder, strict, "strict")) {
                measure(engine, "strict forms");
                measureAdding(engine);
            }
            try (Screening engine = start(folder, Settings.standard(), "everything on")) {
                addSimilar(engine);
                measure(engine, "everything on");
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Adds everything and saves it. */
    private void build(Path folder) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Settings settings = Settings.standard().withForm(Form.STRICT).withoutAddressesInText();
        var engine = new Screening(settings, InstantSource.system());
        engine.put(SignatureList.own(LIST, "List", Mode.BLOCK));
        int refused = add(engine, phrases.size(), at -> entry(Signal.PHRASE, phrases.get(at)));
        int halves = scaled(KEYS) / 2;
        refused += add(engine, halves, _ -> entry(Signal.FILE_SHA256, digest(random)));
        refused += add(engine, halves, at -> entry(Signal.URL, "https://" + address(at)));
        refused += add(engine, scaled(PICTURES), _ -> entry(Signal.PDQ, picture().toString()));
        settle(engine);
        engine.close();
        System.out.printf(
                "%,d entries added in %.1f s, %d refused; %s%n",
                engine.status().entries(), seconds(began), refused, engine.status());
        makeMessages();
        began = System.nanoTime();
        engine.save(folder);
        System.out.printf("saved in %.1f s%n", seconds(began));
    }

    /** Until nothing is merged any more: an engine that has run for a minute. */
    private static void settle(Screening engine) throws InterruptedException {
        int parts = 0;
        for (int same = 0; same < 20; same++) {
            Thread.sleep(500);
            int now = engine.status().parts();
            same = now == parts ? same : 0;
            parts = now;
        }
    }

    private static int add(Screening engine, int count, IntFunction<Entry> entries) {
        int refused = 0;
        for (int from = 0; from < count; from += BATCH) {
            var batch = new ArrayList<Entry>();
            for (int at = from; at < Math.min(count, from + BATCH); at++) {
                batch.add(entries.apply(at));
            }
            refused += engine.add(batch).refused().size();
        }
        return refused;
    }

    private Entry entry(Signal signal, String value) {
        return Entry.of(new UUID(random.nextLong(), random.nextLong()), LIST, signal, value);
    }

    private static String digest(SplittableRandom random) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return HexFormat.of().formatHex(digest);
    }

    private static String address(int number) {
        return "host%d.example.com/path/%d".formatted(number % 100_000, number);
    }

    private PdqHash picture() {
        return new PdqHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** One in twenty has a digest and a picture, half of those an address that is listed. */
    private void makeMessages() {
        for (int i = 0; i < MESSAGES; i++) {
            Content.Builder message =
                    Content.that(Visibility.ABOUT_TO_BE_PUBLIC)
                            .text(texts.get(i).getBytes(StandardCharsets.UTF_8));
            planted += i % 100 == 0 ? 1 : 0;
            if (i % WITH_HASH == 1) {
                message.sha256(digest(random)).picture(picture(), QUALITY);
            }
            if (i % (2 * WITH_HASH) == 1) {
                message.url("http://" + address(random.nextInt(Math.max(1, scaled(KEYS) / 2))));
                planted++;
            }
            messages.add(message.build());
        }
    }

    private static Screening start(Path folder, Settings settings, String what) throws IOException {
        System.gc();
        long began = System.nanoTime();
        Screening engine = Screening.load(folder, settings, InstantSource.system());
        System.out.printf(
                "started (%s) with %,d entries in %.1f s%n",
                what, engine.status().entries(), seconds(began));
        return engine;
    }

    private void measure(Screening engine, String what) throws InterruptedException {
        // The compiler needs some rounds before it is done.
        rate(engine, 2, what);
        double one = rate(engine, 1, what);
        double two = rate(engine, 2, what);
        System.out.printf(
                "%s: %,.0f messages/s with 1 thread, %,.0f with 2 (%.2f times)%n",
                what, one, two, two / one);
    }

    /** The median of several rounds in which each thread screens all messages once. */
    private double rate(Screening engine, int threads, String what) throws InterruptedException {
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            var hit = new LongAdder();
            var running = new ArrayList<Thread>();
            long began = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                running.add(Thread.ofPlatform().start(() -> hit.add(screenAll(engine))));
            }
            for (Thread thread : running) {
                thread.join();
            }
            rates[round] = (double) threads * MESSAGES / seconds(began);
            check(hit.sum() / threads, what);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private long screenAll(Screening engine) {
        long hit = 0;
        for (Content message : messages) {
            hit += engine.screen(message, LATE).hits().isEmpty() ? 0 : 1;
        }
        return hit;
    }

    /** Strictly no more can be hit than was planted; a planted phrase can be cut off at the end. */
    private void check(long hit, String what) {
        boolean exact = what.startsWith("strict");
        if (hit < planted * 0.95 || (exact && hit > planted)) {
            throw new IllegalStateException(
                    "%s: %d messages hit, %d planted".formatted(what, hit, planted));
        }
    }

    private void measureAdding(Screening engine) {
        double[] millis = new double[200];
        for (int i = 0; i < millis.length; i++) {
            Entry entry = entry(Signal.DOMAIN, "added%d.example.org".formatted(i));
            Content content =
                    Content.that(Visibility.PUBLIC).url(entry.value() + "/sample").build();
            long began = System.nanoTime();
            engine.add(List.of(entry));
            boolean found = !engine.screen(content, LATE).hits().isEmpty();
            millis[i] = seconds(began) * 1000;
            if (!found) {
                throw new IllegalStateException("not found after it was added: " + entry);
            }
        }
        Figures.print("from an addition to a hit", millis);
    }

    private void addSimilar(Screening engine) {
        var samples = new SampleTexts(2);
        List<String> similar = samples.messages(scaled(SIMILAR));
        int refused =
                add(
                        engine,
                        similar.size(),
                        at ->
                                entry(
                                        Signal.SIMILAR_TEXT,
                                        SimilarText.value(similar.get(at)).orElseThrow()));
        System.out.printf("%,d similar texts added, %d refused%n", similar.size(), refused);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
