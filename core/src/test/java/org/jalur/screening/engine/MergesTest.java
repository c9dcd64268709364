package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MergesTest {
    private volatile boolean broken = true;

    private final InstantSource clock =
            () -> {
                if (broken) {
                    throw new IllegalStateException("no clock");
                }
                return Samples.NOON;
            };

    @Test
    @Timeout(60)
    void failureIsForgottenOnceALaterMergeHasComeToItsEnd() {
        try (var merges = new Merges(Samples.holdings(clock))) {
            merges.ask();
            until(merges, Optional::isPresent);
            assertThat(merges.failure().orElseThrow()).contains("no clock");

            broken = false;
            merges.ask();

            until(merges, Optional::isEmpty);
        }
    }

    private static void until(Merges merges, Predicate<Optional<String>> wanted) {
        while (!wanted.test(merges.failure())) {
            Thread.onSpinWait();
        }
    }
}
