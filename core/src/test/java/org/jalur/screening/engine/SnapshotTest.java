package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.jalur.screening.text.Form;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    private static final String PHRASE = "sample phrase of a post";
    private static final String TEXT =
            "the first sample post says what it says in so many words, and no more than that";

    private final SetClock clock = new SetClock();
    private final Holdings holdings = Samples.holdings(clock);
    private final Screening engine = Samples.engine(holdings, clock);
    private final List<Entry> entries = new ArrayList<>();

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void fill() {
        var random = new SplittableRandom(1);
        var authority = new Source.Authority("ministry");
        engine.put(
                SignatureList.received(Samples.LIST, "Sample list", authority)
                        .raisedByPlatform(Mode.BLOCK, "head of trust and safety")
                        .withTerm(Duration.ofDays(90)));
        add(Signal.PHRASE, PHRASE);
        add(Signal.DOMAIN, "example.com");
        add(Signal.PDQ, Samples.hash(random).toString());
        add(Signal.SIMILAR_TEXT, SimilarText.value(TEXT).orElseThrow());
        add(Signal.SIMILAR_TEXT, SimilarText.value((TEXT + ". ").repeat(8)).orElseThrow());
        var many = new ArrayList<Entry>();
        for (int i = 0; i < Holdings.SMALL; i++) {
            many.add(Samples.in(Samples.entry(Signal.DOMAIN, "sample" + i + ".org"), "ID"));
        }
        engine.add(many);
        add(Signal.FILE_SHA256, "12".repeat(32));
    }

    private void add(Signal signal, String value) {
        entries.add(Samples.added(engine, signal, value));
    }

    private Screening load() throws IOException {
        return Screening.load(folder, Samples.SETTINGS, clock);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void loadedEngineHoldsAllThatWasSaved() throws IOException {
        Entry removed = entries.removeFirst();
        engine.remove(List.of(removed.id()));
        engine.deny(entries.getFirst().id());
        engine.save(folder);

        Screening loaded = load();

        assertThat(loaded.status().entries()).isEqualTo(engine.status().entries());
        assertThat(loaded.find(removed.id())).isEmpty();
        for (Entry entry : entries) {
            assertThat(loaded.find(entry.id())).contains(entry);
        }
        assertThat(loaded.lists()).containsExactlyElementsOf(engine.lists());
        assertThat(loaded.precisionOf(Samples.LIST)).isEqualTo(new Precision(0, 1));
        assertThat(loaded.precisionOf(new Source.Authority("ministry")))
                .isEqualTo(new Precision(0, 1));
        Content content = Content.that(Visibility.PUBLIC).text(TEXT + " example.com").build();
        assertThat(Samples.screen(loaded, content))
                .isEqualTo(Samples.screen(engine, content))
                .matches(verdict -> verdict.hits().size() == 2);
    }

    @Test
    void opinionsOfEntriesThatAreGoneAreNotSaved() throws IOException {
        var opinions = new Opinions();
        UUID gone = UUID.randomUUID();
        opinions.add(gone, engine.list(Samples.LIST).orElseThrow(), true);
        opinions.add(entries.getFirst().id(), engine.list(Samples.LIST).orElseThrow(), true);

        new Screening(Samples.SETTINGS, clock, holdings, opinions, List.of()).save(folder);

        Screening loaded = load();
        assertThat(loaded.precisionOf(gone)).isEqualTo(Precision.NONE);
        assertThat(loaded.precisionOf(entries.getFirst().id())).isEqualTo(new Precision(1, 0));
        assertThat(loaded.precisionOf(Samples.LIST)).isEqualTo(new Precision(2, 0));
    }

    @Test
    void loadedEngineGoesOn() throws IOException {
        engine.save(folder);
        Screening loaded = load();

        Samples.added(loaded, Signal.DOMAIN, "other.example.org");
        loaded.remove(List.of(entries.getFirst().id()));
        loaded.save(folder);

        Screening again = load();
        assertThat(Samples.screen(again, Samples.url("other.example.org/a")).hits()).hasSize(1);
        assertThat(Samples.screen(again, Samples.text(PHRASE)).hits()).isEmpty();
    }

    @Test
    void throttledEntryStaysThrottled() throws IOException {
        for (int author = 0; author < 80; author++) {
            Content post =
                    Content.that(Visibility.PUBLIC).text(PHRASE).author("author " + author).build();
            Samples.screen(engine, post);
        }
        assertThat(engine.throttled()).hasSize(1);
        engine.save(folder);

        assertThat(load().throttled()).isEqualTo(engine.throttled());
    }

    @Test
    void emptyEngineIsSavedToo() throws IOException {
        Samples.engine(Samples.holdings(clock), clock).save(folder);

        assertThat(load().status().entries()).isZero();
    }

    @Test
    void segmentIsWrittenOnceAndTakenAwayWhenItIsMerged() throws IOException {
        engine.save(folder);
        List<Path> before = files();
        engine.save(folder);
        assertThat(files()).isEqualTo(before).hasSize(4);

        var more = new ArrayList<Entry>();
        for (int i = 0; i < 2 * Holdings.SMALL; i++) {
            more.add(Samples.entry(Signal.DOMAIN, "other" + i + ".org"));
        }
        engine.add(more);
        boolean merged = true;
        while (merged) {
            merged = holdings.merge();
        }
        engine.save(folder);

        assertThat(files()).doesNotContainAnyElementsOf(before.subList(0, 3));
        assertThat(load().status()).isEqualTo(engine.status());
    }

    @Test
    void phrasesAreBuiltAnewForAnotherForm() throws IOException {
        engine.save(folder);
        Content loose = Samples.text("s4mple phr4se of a p0st");

        Screening strict = Screening.load(folder, Samples.SETTINGS.withForm(Form.STRICT), clock);

        assertThat(Samples.screen(load(), loose).hits()).hasSize(1);
        assertThat(Samples.screen(strict, loose).hits()).isEmpty();
        assertThat(Samples.screen(strict, Samples.text(PHRASE)).hits()).hasSize(1);
        assertThat(strict.status().entries()).isEqualTo(engine.status().entries());
    }

    @Test
    void damageOfAnyFileIsRefusedWithItsName() throws IOException {
        engine.save(folder);
        var random = new SplittableRandom(1);
        for (Path file : files()) {
            byte[] octets = Files.readAllBytes(file);
            for (int i = 0; i < 200; i++) {
                byte[] damaged = octets.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);
                assertRefused(file);
            }
            for (int length : new int[] {0, 7, 8, 9, octets.length / 2, octets.length - 1}) {
                Files.write(file, Arrays.copyOf(octets, length));
                assertRefused(file);
            }
            Files.write(file, Arrays.copyOf(octets, octets.length + 1));
            assertRefused(file);
            Files.delete(file);
            assertRefused(file);
            Files.write(file, octets);
        }
        assertThat(load().status().entries()).isEqualTo(engine.status().entries());
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(this::load)
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageStartingWith(String.valueOf(file.getFileName()));
    }

    @Test
    void segmentInThePlaceOfAnotherIsRefused() throws IOException {
        engine.save(folder);
        List<Path> segments =
                files().stream().filter(file -> file.toString().contains("segment-")).toList();
        Files.write(segments.getFirst(), Files.readAllBytes(segments.getLast()));

        assertRefused(segments.getFirst());
    }

    @Test
    void damagedSegmentIsWrittenAgain() throws IOException {
        engine.save(folder);
        Path segment = files().getFirst();
        Files.write(segment, new byte[] {1, 2, 3});

        engine.save(folder);

        assertThat(load().status().entries()).isEqualTo(engine.status().entries());
    }

    @Test
    void saveThatWasCutShortLeavesTheOneBeforeWhole() throws IOException {
        engine.save(folder);
        Files.write(folder.resolve("state" + CheckedFile.UNFINISHED), new byte[] {1});

        assertThat(load().status().entries()).isEqualTo(engine.status().entries());
    }

    @Test
    void folderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Screening.load(folder.resolve("nothing"), Samples.SETTINGS, clock))
                .isInstanceOf(DamagedSnapshotException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageStartingWith("state");
    }
}
