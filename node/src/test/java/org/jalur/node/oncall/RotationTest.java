package org.jalur.node.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.oncall.Rotation.StandIn;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final UUID ADI = new UUID(0, 1);
    private static final UUID BUDI = new UUID(0, 2);
    private static final UUID CITRA = new UUID(0, 3);
    private static final UUID DEWI = new UUID(0, 4);
    private static final Set<UUID> ALL = Set.of(ADI, BUDI, CITRA, DEWI);

    /** Mondays at nine in Brussels, where the clocks change on 25 October 2026. */
    private static final Rotation WEEKS =
            new Rotation(
                    ZoneId.of("Europe/Brussels"),
                    DayOfWeek.MONDAY,
                    LocalTime.of(9, 0),
                    LocalDate.of(2026, 10, 14),
                    List.of(ADI, BUDI, CITRA));

    private static Rotation.Duty at(String time, StandIn... standIns) {
        return WEEKS.at(Instant.parse(time), List.of(standIns), ALL).orElseThrow();
    }

    @Test
    void firstTurnBeginsOnTheFirstHandoverDayAndTheNextFollowsAWeekLater() {
        assertThat(at("2026-10-19T07:00:00Z").person()).isEqualTo(ADI);
        assertThat(at("2026-10-26T07:59:59Z").person()).isEqualTo(ADI);
        assertThat(at("2026-10-26T08:00:00Z").person()).isEqualTo(BUDI);
        assertThat(at("2026-11-09T08:00:00Z").person()).isEqualTo(ADI);
    }

    @Test
    void handoverStaysAtTheSameLocalTimeWhenTheClocksChange() {
        assertThat(at("2026-10-19T07:00:00Z").until()).isEqualTo("2026-10-26T08:00:00Z");
        assertThat(at("2026-10-12T07:00:00Z").until()).isEqualTo("2026-10-19T07:00:00Z");
    }

    @Test
    void somebodyIsOnCallBeforeTheFirstTurnToo() {
        assertThat(at("2026-10-19T06:59:59Z").person()).isEqualTo(CITRA);
    }

    @Test
    void deputyIsTheNextInTurn() {
        assertThat(at("2026-11-02T08:00:00Z").person()).isEqualTo(CITRA);
        assertThat(at("2026-11-02T08:00:00Z").deputy()).contains(ADI);
    }

    @Test
    void standInTakesTheTurnWhileItLastsAndWhoseTurnItIsBecomesTheDeputy() {
        var day =
                new StandIn(
                        DEWI,
                        Instant.parse("2026-10-20T00:00:00Z"),
                        Instant.parse("2026-10-21T00:00:00Z"));

        assertThat(at("2026-10-20T00:00:00Z", day).person()).isEqualTo(DEWI);
        assertThat(at("2026-10-20T00:00:00Z", day).deputy()).contains(ADI);
        assertThat(at("2026-10-20T00:00:00Z", day).until()).isEqualTo("2026-10-21T00:00:00Z");
        assertThat(at("2026-10-21T00:00:00Z", day).person()).isEqualTo(ADI);
    }

    @Test
    void newestOfTwoStandInsCounts() {
        Instant from = Instant.parse("2026-10-20T00:00:00Z");
        var older = new StandIn(DEWI, from, from.plusSeconds(7_200));
        var newer = new StandIn(BUDI, from, from.plusSeconds(3_600));

        assertThat(at("2026-10-20T00:30:00Z", newer, older).person()).isEqualTo(BUDI);
        assertThat(at("2026-10-20T01:30:00Z", newer, older).person()).isEqualTo(DEWI);
    }

    @Test
    void turnOfWhoeverLeftFallsToTheNext() {
        Instant turnOfAdi = Instant.parse("2026-10-19T07:00:00Z");

        var duty = WEEKS.at(turnOfAdi, List.of(), Set.of(BUDI, CITRA)).orElseThrow();

        assertThat(duty.person()).isEqualTo(BUDI);
        assertThat(duty.deputy()).contains(CITRA);
    }

    @Test
    void nobodyIsOnCallWhenAllHaveLeftOrNobodyWasNamed() {
        Instant now = Instant.parse("2026-10-19T07:00:00Z");
        var empty =
                new Rotation(WEEKS.zone(), WEEKS.day(), WEEKS.time(), WEEKS.starts(), List.of());

        assertThat(WEEKS.at(now, List.of(), Set.of())).isEqualTo(Optional.empty());
        assertThat(empty.at(now, List.of(new StandIn(ADI, now, now.plusSeconds(60))), ALL))
                .isEqualTo(Optional.empty());
    }

    @Test
    void singleMemberHasNoDeputy() {
        var alone =
                new Rotation(WEEKS.zone(), WEEKS.day(), WEEKS.time(), WEEKS.starts(), List.of(ADI));

        var duty = alone.at(Instant.parse("2026-10-19T07:00:00Z"), List.of(), ALL).orElseThrow();

        assertThat(duty.deputy()).isEmpty();
    }
}
