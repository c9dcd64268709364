package org.jalur.access.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.measure.Verdict.Why;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Heard CONTROL = at("198.51.100.1", "198.51.100.2");
    private static final Heard MISSING = answer(Rcode.NXDOMAIN, false);
    private static final Heard EMPTY = answer(Rcode.NOERROR, false);

    private final Comparison comparison = new Comparison(addresses("203.0.113.9"));

    @Test
    void silenceIsNeitherOpenNorBlocked() {
        assertThat(of(new Heard.Nothing(), CONTROL, Canary.BLOCKED))
                .isEqualTo(new Verdict(NameState.SILENT, Why.NO_ANSWER));
    }

    @Test
    void missingNameIsBlockedOnlyIfTheControlHasIt() {
        assertThat(of(MISSING, CONTROL, Canary.BLOCKED).why()).isEqualTo(Why.MISSING);
        assertThat(of(MISSING, CONTROL, Canary.NOT_USED).state()).isEqualTo(NameState.BLOCKED);
        assertThat(of(MISSING, MISSING, Canary.BLOCKED).why()).isEqualTo(Why.GENUINELY_MISSING);
        assertThat(of(MISSING, MISSING, Canary.BLOCKED).state()).isEqualTo(NameState.UNCLEAR);
        assertThat(of(MISSING, MISSING, Canary.CURRENT).state()).isEqualTo(NameState.OPEN);
    }

    @Test
    void withoutControlNothingIsClear() {
        assertThat(of(CONTROL, new Heard.Nothing(), Canary.BLOCKED).why())
                .isEqualTo(Why.CONTROL_FAILED);
        assertThat(of(MISSING, answer(Rcode.SERVFAIL, false), Canary.BLOCKED).why())
                .isEqualTo(Why.CONTROL_FAILED);
    }

    @Test
    void sameAddressIsOpenAndAnotherUnclear() {
        assertThat(of(at("198.51.100.2"), CONTROL, Canary.BLOCKED).state())
                .isEqualTo(NameState.OPEN);
        assertThat(of(at("198.51.100.77"), CONTROL, Canary.BLOCKED))
                .isEqualTo(new Verdict(NameState.UNCLEAR, Why.OTHER_ADDRESSES));
        assertThat(of(at("198.51.100.77"), MISSING, Canary.BLOCKED).state())
                .isEqualTo(NameState.UNCLEAR);
    }

    @Test
    void blockPagesAndSinkholesAreBlocks() {
        assertThat(of(at("203.0.113.9"), CONTROL, Canary.BLOCKED).why()).isEqualTo(Why.BLOCK_PAGE);
        assertThat(of(at("203.0.113.9"), new Heard.Nothing(), Canary.OPEN).why())
                .isEqualTo(Why.BLOCK_PAGE);
        assertThat(of(at("0.0.0.0"), CONTROL, Canary.NOT_USED).why()).isEqualTo(Why.SINKHOLE);
        assertThat(of(at("::1"), CONTROL, Canary.NOT_USED).why()).isEqualTo(Why.SINKHOLE);
    }

    @Test
    void resolverThatSaysItBlocksIsBelieved() {
        for (int code : new int[] {15, 16, 17}) {
            assertThat(of(failed(code), CONTROL, Canary.UNKNOWN).why())
                    .isEqualTo(Why.EXTENDED_ERROR);
        }
        assertThat(of(failed(22), CONTROL, Canary.BLOCKED).state()).isEqualTo(NameState.UNCLEAR);
    }

    @Test
    void failingResolverIsUnclear() {
        assertThat(of(answer(Rcode.REFUSED, false), CONTROL, Canary.BLOCKED).why())
                .isEqualTo(Why.RESOLVER_FAILED);
    }

    @Test
    void openAnswerOfAResolverThatDoesNotFollowTheZoneProvesNothing() {
        assertThat(of(CONTROL, CONTROL, Canary.OPEN).why()).isEqualTo(Why.ZONE_NOT_FOLLOWED);
        assertThat(of(CONTROL, CONTROL, Canary.UNKNOWN).state()).isEqualTo(NameState.UNCLEAR);
        assertThat(of(CONTROL, CONTROL, Canary.NOT_USED).state()).isEqualTo(NameState.OPEN);
    }

    @Test
    void typeWithoutAddressesIsComparedByWhetherItIsThere() {
        Heard https = answer(Rcode.NOERROR, true);

        assertThat(of(https, https, Canary.BLOCKED).state()).isEqualTo(NameState.OPEN);
        assertThat(of(EMPTY, EMPTY, Canary.BLOCKED).state()).isEqualTo(NameState.OPEN);
        assertThat(of(EMPTY, https, Canary.BLOCKED).why()).isEqualTo(Why.EMPTIED);
        assertThat(of(https, EMPTY, Canary.BLOCKED).state()).isEqualTo(NameState.UNCLEAR);
    }

    @Test
    void nameIsOpenOnlyIfEveryQuestionAboutItIs() {
        assertThat(NameState.of(List.of(NameState.OPEN, NameState.OPEN))).isEqualTo(NameState.OPEN);
        assertThat(NameState.of(List.of(NameState.OPEN, NameState.SILENT)))
                .isEqualTo(NameState.UNCLEAR);
        assertThat(NameState.of(List.of(NameState.SILENT, NameState.SILENT)))
                .isEqualTo(NameState.SILENT);
        assertThat(NameState.of(List.of(NameState.SILENT, NameState.UNCLEAR, NameState.BLOCKED)))
                .isEqualTo(NameState.BLOCKED);
    }

    private Verdict of(Heard heard, Heard control, Canary canary) {
        return comparison.of(heard, control, canary);
    }

    private static Heard answer(Rcode rcode, boolean hasData) {
        return new Heard.Answer(rcode, Set.of(), hasData, 30, List.of());
    }

    private static Heard at(String... addresses) {
        return new Heard.Answer(Rcode.NOERROR, addresses(addresses), true, 30, List.of());
    }

    private static Heard failed(int code) {
        return new Heard.Answer(
                Rcode.SERVFAIL, Set.of(), false, 30, List.of(new ExtendedError(code, "")));
    }

    private static Set<InetAddress> addresses(String... addresses) {
        return Stream.of(addresses).map(InetAddress::ofLiteral).collect(Collectors.toSet());
    }
}
