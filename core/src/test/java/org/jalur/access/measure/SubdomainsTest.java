package org.jalur.access.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.junit.jupiter.api.Test;

class SubdomainsTest {
    private static final DomainName NAME = new DomainName("t.example");
    private static final DomainName WWW = new DomainName("www.t.example");
    private static final DomainName INVENTED = new DomainName("jalur-probe.t.example");

    @Test
    void nameByItselfIsOneRowAndOneWithSubdomainsThree() {
        assertThat(Subdomains.rows(BlockedName.exactly(NAME))).containsExactly(NAME);
        assertThat(Subdomains.rows(BlockedName.withSubdomains(NAME)))
                .containsExactly(NAME, WWW, INVENTED);
    }

    @Test
    void rowsThatDoNotFitAreLeftOut() {
        String label = "a".repeat(63) + ".";
        var long240 = new DomainName(label.repeat(3) + "b".repeat(48));
        var long250 = new DomainName(label.repeat(3) + "b".repeat(58));

        assertThat(Subdomains.rows(BlockedName.withSubdomains(long240)))
                .containsExactly(long240, new DomainName("www." + long240));
        assertThat(Subdomains.rows(BlockedName.withSubdomains(long250))).containsExactly(long250);
        assertThat(Subdomains.twin(new DomainName("www." + long240))).isEmpty();
    }

    @Test
    void everyQuestionHasAnotherInventedNameOfTheSameRow() {
        var random = new Random(7);
        Set<DomainName> asked =
                IntStream.range(0, 500)
                        .mapToObj(_ -> Subdomains.asked(INVENTED, random))
                        .collect(Collectors.toSet());

        assertThat(asked).hasSize(500).allMatch(one -> one.isBelow(NAME));
        assertThat(asked).allMatch(one -> Subdomains.row(one).equals(INVENTED));
        assertThat(asked).allMatch(Subdomains::isKept);
        assertThat(Subdomains.asked(WWW, random)).isEqualTo(WWW);
        assertThat(Subdomains.row(WWW)).isEqualTo(WWW);
        assertThat(Subdomains.isKept(WWW)).isFalse();
        assertThat(Subdomains.isKept(new DomainName("jalur-probe-x.t.example"))).isFalse();
    }

    @Test
    void rowsKnowTheNameAboveAndEachOther() {
        List<DomainName> rows = Subdomains.rows(BlockedName.withSubdomains(NAME));

        assertThat(Subdomains.above(NAME, rows)).isEmpty();
        assertThat(Subdomains.above(WWW, rows)).contains(NAME);
        assertThat(Subdomains.above(INVENTED, rows)).contains(NAME);
        assertThat(Subdomains.twin(WWW)).contains(INVENTED);
        assertThat(Subdomains.twin(INVENTED)).contains(WWW);
        assertThat(Subdomains.twin(NAME)).isEqualTo(Optional.empty());
        assertThat(Subdomains.above(WWW, List.of(WWW))).as("a name of its own").isEmpty();
        assertThat(Subdomains.twin(new DomainName("www.example"))).isEmpty();
    }

    @Test
    void rowIsBlockedByItsOwnNameOrByOneAboveWithItsSubdomains() {
        Set<DomainName> inForce =
                Subdomains.rows(
                        List.of(
                                BlockedName.exactly(new DomainName("one.example")),
                                BlockedName.withSubdomains(new DomainName("two.example"))));

        for (String blocked :
                List.of(
                        "one.example",
                        "two.example",
                        "a.two.example",
                        "b.a.two.example",
                        "jalur-probe.two.example")) {
            assertThat(Subdomains.isBlocked(new DomainName(blocked), inForce)).as(blocked).isTrue();
        }
        for (String open :
                List.of("a.one.example", "jalur-probe.one.example", "example", "three.example")) {
            assertThat(Subdomains.isBlocked(new DomainName(open), inForce)).as(open).isFalse();
        }
    }
}
