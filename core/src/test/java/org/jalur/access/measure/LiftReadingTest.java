package org.jalur.access.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.junit.jupiter.api.Test;

class LiftReadingTest {
    private static final Instant LIFT = Instant.parse("2026-08-10T03:46:00Z");
    private static final Cell A1 = cell("resolver-1", "a.test");
    private static final Cell A2 = cell("resolver-2", "a.test");
    private static final Set<Cell> BOTH = Set.of(A1, A2);

    @Test
    void liftIsDoneWhenTheLastCellMeasuresOpen() {
        assertThat(read(open(A1, 1), open(A2, 9)))
                .isEqualTo(new LiftReading.AllOpen(LIFT.plusSeconds(9)));
    }

    @Test
    void whatWasAskedBeforeTheLiftProvesNothing() {
        assertThat(read(open(A1, 1), open(A2, -1)))
                .isEqualTo(waiting(A2, LiftReading.Lag.Cause.NOT_ASKED));
    }

    @Test
    void nameThatIsDeadAgainIsNotOpen() {
        assertThat(read(open(A1, 1), open(A2, 2), measured(A2, NameState.BLOCKED, 3)))
                .isEqualTo(waiting(A2, LiftReading.Lag.Cause.BLOCKED));
        assertThat(read(open(A1, 1), measured(A2, NameState.BLOCKED, 2), open(A2, 2)))
                .isEqualTo(waiting(A2, LiftReading.Lag.Cause.BLOCKED));
    }

    @Test
    void silentCellIsClosedByNameAndNothingElseIs() {
        var closure = new Closure(A2, "Switched off since May.", "dewi", LIFT.plusSeconds(5));

        assertThat(closed(closure, open(A1, 1), measured(A2, NameState.SILENT, 2)))
                .isEqualTo(new LiftReading.OpenExcept(LIFT.plusSeconds(5), List.of(closure)));
        assertThat(closed(closure, open(A1, 1), measured(A2, NameState.BLOCKED, 2)))
                .isEqualTo(waiting(A2, LiftReading.Lag.Cause.BLOCKED));
        assertThat(closed(closure, open(A1, 1)))
                .isEqualTo(waiting(A2, LiftReading.Lag.Cause.NOT_ASKED));
        assertThat(closed(closure, open(A1, 1), open(A2, 9)))
                .isEqualTo(new LiftReading.AllOpen(LIFT.plusSeconds(9)));
        assertThatThrownBy(() -> new Closure(A2, " ", "dewi", LIFT))
                .isInstanceOf(InvalidAccessException.class);
    }

    @Test
    void liftWithNothingToMeasureIsNoLift() {
        assertThatThrownBy(() -> LiftReading.of(Set.of(), LIFT, List.of(), List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readingDoesNotDependOnTheOrderInWhichResultsCome() {
        var random = new Random(10);
        int done = 0;
        for (int round = 0; round < 2_000; round++) {
            List<Measurement> some = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                some.add(
                        measured(
                                random.nextBoolean() ? A1 : A2,
                                random.nextBoolean() ? NameState.OPEN : any(random),
                                random.nextInt(9) - 2));
            }
            LiftReading reading = LiftReading.of(BOTH, LIFT, some, List.of(), Map.of());
            Collections.shuffle(some, random);

            assertThat(LiftReading.of(BOTH, LIFT, some, List.of(), Map.of())).isEqualTo(reading);
            if (reading instanceof LiftReading.AllOpen) {
                done++;
                for (Cell cell : BOTH) {
                    assertThat(last(some, cell)).isEqualTo(Set.of(NameState.OPEN));
                }
            }
        }
        assertThat(done).isGreaterThan(100);
    }

    @Test
    void tailEndsWhenNoCacheCanHoldTheOldAnswer() {
        CacheTail plain = CacheTail.of(LIFT, 30, List.of(open(A1, 1)));
        assertThat(plain.left(LIFT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(plain.left(LIFT.plusSeconds(40))).isZero();

        var kept = new Measurement(A2, NameState.BLOCKED, LIFT.plusSeconds(20), 300);
        assertThat(CacheTail.of(LIFT, 30, List.of(kept)).until()).isEqualTo(LIFT.plusSeconds(320));
        var before = new Measurement(A2, NameState.BLOCKED, LIFT.minusSeconds(1), 300);
        assertThat(CacheTail.of(LIFT, 30, List.of(before)).until()).isEqualTo(LIFT.plusSeconds(30));
    }

    @Test
    void heatMapShowsTheWorstOfEachStepAndNothingWhereNothingWasMeasured() {
        HeatMap map =
                HeatMap.of(
                        BOTH,
                        List.of(
                                open(A1, 0),
                                measured(A1, NameState.BLOCKED, 5),
                                open(A1, 25),
                                open(A2, 30),
                                open(cell("unknown", "a.test"), 1)),
                        LIFT,
                        LIFT.plusSeconds(30),
                        Duration.ofSeconds(10));

        assertThat(map.columns()).hasSize(3);
        assertThat(map.rows().get(A1))
                .containsExactly(
                        Optional.of(NameState.BLOCKED),
                        Optional.empty(),
                        Optional.of(NameState.OPEN));
        assertThat(map.rows().get(A2)).containsOnly(Optional.empty());
        assertThat(map.rows()).containsOnlyKeys(A1, A2);
    }

    @Test
    void heatMapIsBounded() {
        assertThatThrownBy(() ->
                        HeatMap.of(
                                BOTH,
                                List.of(),
                                LIFT,
                                LIFT.plus(Duration.ofDays(365)),
                                Duration.ofSeconds(1)))
                .isInstanceOf(InvalidAccessException.class);
        assertThatThrownBy(() -> HeatMap.of(BOTH, List.of(), LIFT, LIFT, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidAccessException.class);
    }

    private static NameState any(Random random) {
        List<NameState> states = List.of(NameState.values());
        return states.get(random.nextInt(states.size()));
    }

    private static Set<NameState> last(List<Measurement> some, Cell cell) {
        Set<NameState> states = new TreeSet<>();
        IntStream.range(0, 9)
                .mapToObj(second -> LIFT.plusSeconds(second))
                .forEach(at -> {
                    List<NameState> then =
                            some.stream()
                                    .filter(one -> one.cell().equals(cell))
                                    .filter(one -> one.askedAt().equals(at))
                                    .map(Measurement::state)
                                    .toList();
                    if (!then.isEmpty()) {
                        states.clear();
                        states.addAll(then);
                    }
                });
        return states;
    }

    @Test
    void subdomainThatDoesNotExistIsToldByTheOtherOneAndOnlyIfThatIsOpen() {
        Cell invented = cell("resolver-1", "jalur-probe.a.test");
        Cell www = cell("resolver-1", "www.a.test");
        Measurement unclear = measured(invented, NameState.UNCLEAR, 2);

        assertThat(told(invented, www, unclear, open(www, 3)))
                .isEqualTo(new LiftReading.AllOpen(LIFT.plusSeconds(3)));
        assertThat(told(invented, www, unclear, measured(www, NameState.BLOCKED, 3)))
                .isEqualTo(
                        new LiftReading.Waiting(
                                List.of(
                                        new LiftReading.Lag(
                                                invented, LiftReading.Lag.Cause.UNCLEAR),
                                        new LiftReading.Lag(www, LiftReading.Lag.Cause.BLOCKED))));
        assertThat(told(invented, www, unclear, open(www, -1)))
                .as("what was asked before the lift")
                .isInstanceOf(LiftReading.Waiting.class);
        assertThat(told(invented, www, measured(invented, NameState.BLOCKED, 2), open(www, 3)))
                .as("a block is a block")
                .isEqualTo(waiting(invented, LiftReading.Lag.Cause.BLOCKED));
        assertThat(told(www, invented, unclear, open(www, 3)))
                .as("nobody said that it is missing")
                .isEqualTo(waiting(invented, LiftReading.Lag.Cause.UNCLEAR));
    }

    private static LiftReading told(Cell missing, Cell by, Measurement... measurements) {
        return LiftReading.of(
                Set.of(missing, by), LIFT, List.of(measurements), List.of(), Map.of(missing, by));
    }

    private static LiftReading waiting(Cell cell, LiftReading.Lag.Cause cause) {
        return new LiftReading.Waiting(List.of(new LiftReading.Lag(cell, cause)));
    }

    private static LiftReading read(Measurement... measurements) {
        return LiftReading.of(BOTH, LIFT, List.of(measurements), List.of(), Map.of());
    }

    private static LiftReading closed(Closure closure, Measurement... measurements) {
        return LiftReading.of(BOTH, LIFT, List.of(measurements), List.of(closure), Map.of());
    }

    private static Measurement open(Cell cell, int seconds) {
        return measured(cell, NameState.OPEN, seconds);
    }

    private static Measurement measured(Cell cell, NameState state, int seconds) {
        return new Measurement(cell, state, LIFT.plusSeconds(seconds), 30);
    }

    private static Cell cell(String resolver, String name) {
        return new Cell(resolver, DomainName.read(name));
    }
}
