package org.jalur.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void nothingKnownHasNoMedian() {
        Spread spread = Spread.of(new long[0], 3);

        assertThat(spread.known()).isZero();
        assertThat(spread.unknown()).isEqualTo(3);
        assertThat(spread.medianMillis()).isEmpty();
        assertThat(spread.p95Millis()).isEmpty();
    }

    @Test
    void whatNeverCameIsNotATimeOfNought() {
        Spread spread = Spread.of(new long[] {1_000}, 99);

        assertThat(spread.medianMillis()).contains(1_000L);
        assertThat(spread.p95Millis()).contains(1_000L);
    }

    @Test
    void theMedianOfTwoIsTheSmallerForItIsAlwaysOneOfTheValues() {
        assertThat(Spread.of(new long[] {20, 10}, 0).medianMillis()).contains(10L);
        assertThat(Spread.of(new long[] {30, 10, 20}, 0).medianMillis()).contains(20L);
    }

    @Test
    void ofAHundredTheNinetyFifthIsTaken() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();

        assertThat(Spread.of(hundred, 0).p95Millis()).contains(95L);
        assertThat(Spread.of(LongStream.rangeClosed(1, 20).toArray(), 0).p95Millis()).contains(19L);
        assertThat(Spread.of(LongStream.rangeClosed(1, 19).toArray(), 0).p95Millis()).contains(19L);
    }

    @Test
    void atLeastSoManyAreNotAboveAndFewerAreBelow() {
        var random = new Random(17);
        for (int round = 0; round < 2_000; round++) {
            long[] values = random.longs(1 + random.nextInt(60), 0, 50).sorted().toArray();
            int percent = random.nextBoolean() ? 50 : 95;

            long found = Spread.percentile(values, percent).orElseThrow();

            assertThat(100L * Arrays.stream(values).filter(one -> one <= found).count())
                    .isGreaterThanOrEqualTo((long) percent * values.length);
            assertThat(100L * Arrays.stream(values).filter(one -> one < found).count())
                    .isLessThan((long) percent * values.length);
        }
    }

    @Test
    void theOrderInWhichTimesCameIsForgotten() {
        assertThat(Spread.of(new long[] {3, 1, 2}, 0))
                .isEqualTo(Spread.of(new long[] {2, 3, 1}, 0));
    }
}
