package org.jalur.access.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.measure.Verdict.Why;
import org.jalur.access.zone.Serial;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Instant NOW = Instant.parse("2026-11-29T07:00:00Z");
    private static final Heard GENUINE = at("198.51.100.1", 60);
    private static final Heard MISSING =
            new Heard.Answer(Rcode.NXDOMAIN, Set.of(), false, 30, List.of());
    private static final Heard SILENT = new Heard.Nothing();
    private static final Control CONTROL =
            new Control(
                    Map.of(
                            Way.Asked.A, GENUINE,
                            Way.Asked.AAAA, GENUINE,
                            Way.Asked.HTTPS, GENUINE),
                    GENUINE);
    private static final Way UDP = new Way(Way.Asked.A, false, false);
    private static final Way TCP = new Way(Way.Asked.A, true, false);

    private final Comparison comparison = new Comparison(Set.of());

    private static Heard at(String address, int ttl) {
        return new Heard.Answer(
                Rcode.NOERROR, Set.of(InetAddress.ofLiteral(address)), true, ttl, List.of());
    }

    private static Testimony all(Heard heard, Heard canary, Optional<Serial> serial) {
        Map<Way, Heard> ways = new HashMap<>();
        Way.ALL.forEach(way -> ways.put(way, heard));
        return new Testimony(NOW, Optional.of(canary), serial, ways);
    }

    private static Testimony with(Testimony testimony, Way way, Heard heard) {
        Map<Way, Heard> ways = new HashMap<>(testimony.heard());
        ways.put(way, heard);
        return new Testimony(NOW, testimony.canary(), testimony.serial(), ways);
    }

    private Reading read(Testimony testimony) {
        return Reading.of(testimony, CONTROL, comparison, new Serial(7));
    }

    @Test
    void nameThatIsMissingAnywayTellsNothingWhileItIsBlocked() {
        Map<Way.Asked, Heard> missing = new HashMap<>();
        for (Way.Asked asked : Way.Asked.values()) {
            missing.put(asked, MISSING);
        }
        var nowhere = new Control(missing, CONTROL.canary());
        Testimony following = all(MISSING, MISSING, Optional.of(new Serial(7)));
        Reading reading = Reading.of(following, nowhere, comparison, new Serial(7));

        assertThat(reading.state()).as("once it is lifted").isEqualTo(NameState.OPEN);
        assertThat(reading.whileBlocked(nowhere).state()).isEqualTo(NameState.UNCLEAR);
        assertThat(reading.whileBlocked(nowhere).why()).isEqualTo(Why.GENUINELY_MISSING);
        Testimony genuine = all(GENUINE, MISSING, Optional.of(new Serial(7)));
        assertThat(read(genuine).whileBlocked(CONTROL)).isEqualTo(read(genuine));
        Testimony blocked = all(MISSING, MISSING, Optional.of(new Serial(7)));
        assertThat(read(blocked).whileBlocked(CONTROL).state()).isEqualTo(NameState.BLOCKED);
    }

    @Test
    void thereAreTwelveWaysAndUdpComesFirst() {
        assertThat(Way.ALL).hasSize(12).doesNotHaveDuplicates().startsWith(UDP);
    }

    @Test
    void openIsWhatIsOpenOnEveryWay() {
        Testimony open = all(GENUINE, MISSING, Optional.empty());

        assertThat(read(open).state()).isEqualTo(NameState.OPEN);
        assertThat(read(open).canary()).isEqualTo(Canary.BLOCKED);
        assertThat(read(open).ttl()).isEqualTo(60);

        Reading overTcp = read(with(open, TCP, MISSING));
        assertThat(overTcp.state()).isEqualTo(NameState.BLOCKED);
        assertThat(overTcp.why()).isEqualTo(Why.MISSING);
        assertThat(overTcp.way()).isEqualTo(TCP);
    }

    @Test
    void whoIsSilentOnOneWayIsUnclearForThatSilence() {
        Reading reading = read(with(all(GENUINE, MISSING, Optional.empty()), TCP, SILENT));

        assertThat(reading.state()).isEqualTo(NameState.UNCLEAR);
        assertThat(reading.why()).isEqualTo(Why.NO_ANSWER);
        assertThat(reading.way()).isEqualTo(TCP);
    }

    @Test
    void whoIsSilentOnAllIsSilent() {
        var silent = new Testimony(NOW, Optional.of(SILENT), Optional.empty(), Map.of(UDP, SILENT));

        assertThat(read(silent).state()).isEqualTo(NameState.SILENT);
        assertThat(read(silent).canary()).isEqualTo(Canary.UNKNOWN);
    }

    @Test
    void serialTellsWhetherTheNewestVersionIsFollowed() {
        assertThat(read(all(GENUINE, MISSING, Optional.of(new Serial(7)))).canary())
                .isEqualTo(Canary.CURRENT);
        assertThat(read(all(GENUINE, MISSING, Optional.of(new Serial(8)))).canary())
                .isEqualTo(Canary.CURRENT);
        assertThat(read(all(GENUINE, MISSING, Optional.of(new Serial(6)))).canary())
                .isEqualTo(Canary.BLOCKED);
        assertThat(read(all(GENUINE, GENUINE, Optional.of(new Serial(7)))).canary())
                .as("who resolves the canary follows nothing, whatever else it says")
                .isEqualTo(Canary.OPEN);
    }

    @Test
    void canaryThatTheControlDoesNotKnowTellsNothing() {
        var control = new Control(CONTROL.name(), MISSING);

        Reading reading =
                Reading.of(
                        all(GENUINE, MISSING, Optional.of(new Serial(7))),
                        control,
                        comparison,
                        new Serial(7));

        assertThat(reading.canary()).isEqualTo(Canary.UNKNOWN);
        assertThat(reading.why()).isEqualTo(Why.ZONE_NOT_FOLLOWED);
    }

    @Test
    void whoGetsListsNeedsNoCanary() {
        Map<Way, Heard> ways = Map.of(UDP, GENUINE, TCP, GENUINE);

        Reading reading = read(new Testimony(NOW, Optional.empty(), Optional.empty(), ways));

        assertThat(reading.canary()).isEqualTo(Canary.NOT_USED);
        assertThat(reading.state()).isEqualTo(NameState.OPEN);
    }

    @Test
    void errorsAreKeptOnceAndFew() {
        Heard blocked =
                new Heard.Answer(
                        Rcode.NXDOMAIN,
                        Set.of(),
                        false,
                        5,
                        List.of(new ExtendedError(15, "Sample"), new ExtendedError(15, "Sample")));

        Reading reading = read(all(blocked, MISSING, Optional.empty()));

        assertThat(reading.why()).isEqualTo(Why.EXTENDED_ERROR);
        assertThat(reading.errors()).containsExactly(new ExtendedError(15, "Sample"));
    }

    @Test
    void testimonyOfNoQuestionIsNone() {
        assertThatThrownBy(() -> new Testimony(NOW, Optional.empty(), Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
