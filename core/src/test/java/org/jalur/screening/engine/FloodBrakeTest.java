package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Samples.SetClock;
import org.junit.jupiter.api.Test;

class FloodBrakeTest {
    private static final FloodLimits LIMITS = new FloodLimits(Duration.ofMinutes(1), 10, 5, 20);

    private final SetClock clock = new SetClock();
    private final FloodBrake brake = new FloodBrake(LIMITS, clock, List.of());
    private final UUID entry = UUID.randomUUID();
    private final SplittableRandom random = new SplittableRandom(1);

    /** How many of so many hits were throttled. */
    private int hit(int count) {
        return (int)
                IntStream.range(0, count)
                        .filter(_ -> brake.hit(entry, OptionalLong.empty()))
                        .count();
    }

    @Test
    void entryThatHitsNoMoreThanAllowedIsLeftAlone() {
        assertThat(hit(10)).isZero();
        clock.pass(Duration.ofMinutes(1));
        assertThat(hit(10)).isZero();
        assertThat(brake.caught()).isEmpty();
    }

    @Test
    void entryThatSuddenlyHitsFarMoreIsCaughtFromThatHitOn() {
        assertThat(hit(12)).isEqualTo(2);
        assertThat(brake.caught())
                .containsExactly(
                        new Throttled(entry, clock.instant(), Throttled.Reason.MANY_HITS, 11, 0));
    }

    @Test
    void entryThatHasAlwaysHitOftenIsLeftAlone() {
        for (int rate = 8; rate <= 40; rate *= 2) {
            assertThat(hit(rate)).isZero();
            clock.pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void whatWasUsualIsForgottenInTime() {
        for (int minute = 0; minute < 3; minute++) {
            hit(10);
            clock.pass(Duration.ofMinutes(1));
        }
        clock.pass(Duration.ofMinutes(30));

        assertThat(hit(12)).isPositive();
    }

    @Test
    void entryThatHitsManyAuthorsIsCaught() {
        var manyHits = new FloodLimits(Duration.ofMinutes(1), 1000, 5, 20);
        var authors = new FloodBrake(manyHits, clock, List.of());

        int before = 0;
        while (!authors.hit(entry, OptionalLong.of(random.nextLong()))) {
            before++;
        }

        assertThat(before).isBetween(16, 24);
        assertThat(authors.caught().getFirst().reason()).isEqualTo(Throttled.Reason.MANY_AUTHORS);
    }

    @Test
    void oneAuthorIsNotMany() {
        var manyHits = new FloodLimits(Duration.ofMinutes(1), 1000, 5, 1);
        var authors = new FloodBrake(manyHits, clock, List.of());

        assertThat(IntStream.range(0, 900))
                .noneMatch(_ -> authors.hit(entry, OptionalLong.of(42L << 40)));
    }

    @Test
    void releasedEntryIsCountedAnewAndSoManyHitsAreUsual() {
        hit(12);

        assertThat(brake.release(entry)).isTrue();
        assertThat(brake.release(entry)).isFalse();

        assertThat(brake.caught()).isEmpty();
        assertThat(hit(12)).isZero();
    }

    @Test
    void entryStaysCaughtUntilItIsReleased() {
        hit(12);
        clock.pass(Duration.ofDays(3));

        assertThat(brake.hit(entry, OptionalLong.empty())).isTrue();
    }

    @Test
    void floodIsSeenAmongMoreEntriesThanThereIsRoomFor() {
        for (int i = 0; i < 200_000; i++) {
            brake.hit(Samples.id(random), OptionalLong.empty());
            if (i % 10_000 == 0) {
                brake.hit(entry, OptionalLong.empty());
            }
        }

        assertThat(hit(12)).isPositive();
        assertThat(brake.caught()).extracting(Throttled::entry).containsExactly(entry);
    }

    @Test
    void noHitIsLostWhenManyThreadsCount() throws InterruptedException {
        var wide =
                new FloodBrake(new FloodLimits(Duration.ofDays(1), 3999, 1, 20), clock, List.of());
        var throttled = new AtomicInteger();
        List<Thread> threads =
                IntStream.range(0, 4)
                        .mapToObj(_ ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            for (int i = 0; i < 1000; i++) {
                                                if (wide.hit(entry, OptionalLong.empty())) {
                                                    throttled.incrementAndGet();
                                                }
                                            }
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(throttled.get()).isPositive();
        assertThat(wide.caught()).hasSize(1);
    }

    @Test
    void throttledEntryLeadsToReviewAndIsShown() {
        var holdings = Samples.holdings(clock);
        var engine =
                new Screening(
                        Samples.SETTINGS.withFlood(LIMITS),
                        clock,
                        holdings,
                        new Opinions(),
                        List.of());
        engine.put(SignatureList.own(Samples.LIST, "Sample list", Mode.BLOCK));
        Entry flooding = Samples.added(engine, Signal.PHRASE, "sample phrase");
        Samples.added(engine, Signal.PHRASE, "other phrase");

        Verdict verdict = Verdict.PUBLISH;
        for (int author = 0; author < 40; author++) {
            Content content =
                    Content.that(Visibility.PUBLIC)
                            .text("sample phrase, sample phrase")
                            .author("author " + author)
                            .build();
            verdict = Samples.screen(engine, content);
        }

        assertThat(verdict.action()).isEqualTo(Verdict.Action.REVIEW);
        assertThat(verdict.hits().getFirst().lowered()).contains(Hit.Lowered.THROTTLED);
        assertThat(engine.throttled()).extracting(Throttled::entry).containsExactly(flooding.id());
        assertThat(Samples.screen(engine, Samples.text("other phrase")).action())
                .isEqualTo(Verdict.Action.BLOCK);
        engine.release(flooding.id());
        assertThat(Samples.screen(engine, Samples.text("sample phrase")).action())
                .isEqualTo(Verdict.Action.BLOCK);
    }
}
