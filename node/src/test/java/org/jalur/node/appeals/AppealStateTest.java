package org.jalur.node.appeals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.junit.jupiter.api.Test;

class AppealStateTest {
    private static final Instant DUE = Instant.parse("2026-11-23T05:00:00Z");
    private static final Instant DECIDED = DUE.minus(Duration.ofHours(5));
    private static final Instant BY = DECIDED.plus(Duration.ofHours(4));

    private static Appeal appeal(Optional<Appeal.Outcome> outcome, Optional<Instant> restoredAt) {
        return new Appeal(
                UUID.randomUUID(),
                1,
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                "SAMPLE-1",
                1,
                "BD-00000-00000",
                "author",
                Hash.sha256(new byte[0]),
                DUE.minus(Duration.ofDays(14)),
                Optional.empty(),
                true,
                Optional.of(DUE.minus(Duration.ofDays(14))),
                DUE,
                Optional.empty(),
                outcome,
                restoredAt);
    }

    private static Optional<Appeal.Outcome> granted(boolean restores) {
        return Optional.of(
                new Appeal.Outcome(
                        "granted",
                        Optional.of("reviewer"),
                        Optional.empty(),
                        DECIDED,
                        Optional.of(DECIDED.plusSeconds(1)),
                        Optional.of(restores),
                        Optional.of(BY)));
    }

    private static Optional<Appeal.Outcome> other(String result, Instant answeredAt) {
        return Optional.of(
                new Appeal.Outcome(
                        result,
                        Optional.empty(),
                        Optional.empty(),
                        DECIDED,
                        Optional.of(answeredAt),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void openAppealIsOverdueOnceItsTimeIsOver() {
        Appeal open = appeal(Optional.empty(), Optional.empty());

        assertThat(open.state(DUE)).isEqualTo("open");
        assertThat(open.state(DUE.plusMillis(1))).isEqualTo("overdue");
        assertThat(open.isLate()).isFalse();
        assertThat(open.restoration(DUE)).isEmpty();
    }

    @Test
    void decisionIsLateByTheReceiptOfTheOtherSide() {
        assertThat(appeal(other("rejected", DUE), Optional.empty()).isLate()).isFalse();
        assertThat(appeal(other("rejected", DUE.plusMillis(1)), Optional.empty()).isLate())
                .isTrue();
        assertThat(appeal(other("withdrawn", DUE.plusMillis(1)), Optional.empty()).isLate())
                .as("nobody had to decide")
                .isFalse();
    }

    @Test
    void contentOfAGrantedAppealIsLateUntilItIsSeenAgain() {
        Appeal waiting = appeal(granted(true), Optional.empty());

        assertThat(waiting.restoration(BY)).contains("restoring");
        assertThat(waiting.restoration(BY.plusMillis(1))).contains("overdue");
        assertThat(appeal(granted(true), Optional.of(BY)).restoration(DUE)).contains("restored");
        assertThat(appeal(granted(true), Optional.of(BY.plusMillis(1))).restoration(DUE))
                .contains("restored-late");
        assertThat(appeal(granted(false), Optional.empty()).restoration(DUE)).contains("stays");
    }
}
