package org.jalur.access.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.check.Concern.Weight;
import org.jalur.access.order.BlockedName;
import org.jalur.screening.url.PublicSuffixes;
import org.junit.jupiter.api.Test;

class ProportionalityCheckTest {
    private static final DomainName ZONE = DomainName.read("orders.example.go.id");
    private static final Surroundings SURROUNDINGS =
            new Surroundings(
                    names("jalur.example.go.id"),
                    names("ns1.provider.example"),
                    names("my.telegram.org", "api.telegram.org"),
                    Map.of(DomainName.read("t.me"), "every public channel link goes through it"),
                    names("pages.host.example"),
                    names("web.telegram.org", "core.telegram.org"));

    private final ProportionalityCheck check =
            new ProportionalityCheck(PublicSuffixes.bundled(), SURROUNDINGS, ZONE);

    @Test
    void exactHostBesidePopularOnesIsOnlyNoted() {
        Proportionality found = exactly("pluto.web.telegram.org");

        assertThat(found.findings()).allMatch(finding -> finding.weight() == Weight.NOTES);
        assertThat(found.concerns())
                .containsExactlyInAnyOrder(Concern.POPULAR_SIBLING, Concern.LEAVES_SUBDOMAINS);
        assertThat(found.isApprovable(Map.of())).isTrue();
    }

    @Test
    void publicSuffixIsForbiddenHoweverItIsReached() {
        assertThat(exactly("go.id").concerns()).contains(Concern.PUBLIC_SUFFIX);
        assertThat(exactly("com").isForbidden()).isTrue();
        assertThat(exactly("github.io").isForbidden()).isTrue();
        assertThat(below("amazonaws.com").concerns()).contains(Concern.SUFFIX_BELOW);
        assertThat(exactly("amazonaws.com").concerns()).doesNotContain(Concern.SUFFIX_BELOW);
    }

    @Test
    void registrableDomainNeedsAReasonAndAllBelowItAnother() {
        assertThat(weights(exactly("telegram.org"), Weight.NEEDS_REASON))
                .containsExactly(Concern.REGISTRABLE_DOMAIN);
        assertThat(weights(below("telegram.me"), Weight.NEEDS_REASON))
                .containsExactlyInAnyOrder(Concern.REGISTRABLE_DOMAIN, Concern.EVERY_SUBDOMAIN);
    }

    @Test
    void linkShortenerNeedsAReasonThatSaysMoreThanYes() {
        Proportionality found = exactly("t.me");
        Map<Finding, String> reasons = new HashMap<>();

        assertThat(weights(found, Weight.NEEDS_REASON))
                .contains(Concern.SHARED_NAME, Concern.REGISTRABLE_DOMAIN);
        found.of(Weight.NEEDS_REASON).forEach(one -> reasons.put(one, "ok"));
        assertThat(found.unanswered(reasons)).hasSize(2);
        assertThat(found.isApprovable(reasons)).isFalse();
        found.of(Weight.NEEDS_REASON)
                .forEach(one -> reasons.put(one, "The channels named are reached by it alone."));
        assertThat(found.isApprovable(reasons)).isTrue();
    }

    @Test
    void nameOfAnotherOrderNeedsAReason() {
        Map<BlockedName, Set<String>> ordered =
                Map.of(
                        BlockedName.exactly(DomainName.read("one.telegram.org")),
                        Set.of("UKUR-1", "UKUR-2"),
                        BlockedName.withSubdomains(DomainName.read("two.telegram.org")),
                        Set.of("UKUR-3"));

        assertThat(others(new Wanted("one.telegram.org", false), ordered))
                .containsExactly("UKUR-1", "UKUR-2");
        assertThat(others(new Wanted("a.two.telegram.org", false), ordered))
                .containsExactly("UKUR-3");
        assertThat(others(new Wanted("telegram.org", true), ordered))
                .containsExactly("UKUR-1", "UKUR-2", "UKUR-3");
        assertThat(others(new Wanted("a.one.telegram.org", false), ordered)).isEmpty();
    }

    private List<String> others(Wanted wanted, Map<BlockedName, Set<String>> ordered) {
        return check.check(List.of(wanted), ordered).of(Weight.NEEDS_REASON).stream()
                .filter(one -> one.concern() == Concern.ORDERED_ALREADY)
                .flatMap(one -> one.values().stream())
                .toList();
    }

    @Test
    void controlsStayReachable() {
        assertThat(exactly("telegram.org").concerns()).doesNotContain(Concern.CONTROL);
        assertThat(exactly("api.telegram.org").concerns()).contains(Concern.CONTROL);
        assertThat(
                        below("telegram.org").findings().stream()
                                .filter(finding -> finding.concern() == Concern.CONTROL)
                                .flatMap(finding -> finding.values().stream()))
                .containsExactly("api.telegram.org", "my.telegram.org");
    }

    @Test
    void reasonDoesNotAllowWhatIsForbidden() {
        Proportionality found = below("telegram.org");
        Map<Finding, String> reasons =
                found.findings().stream()
                        .collect(Collectors.toMap(one -> one, _ -> "A reason of some length."));

        assertThat(found.unanswered(reasons)).isEmpty();
        assertThat(found.isApprovable(reasons)).isFalse();
    }

    @Test
    void ownNamesResolversAndTheNetworkItselfAreForbidden() {
        assertThat(exactly("jalur.example.go.id").concerns()).contains(Concern.OWN_NAME);
        assertThat(below("provider.example").concerns()).contains(Concern.RESOLVER_NAME);
        assertThat(exactly("1.0.0.127.in-addr.arpa").concerns()).contains(Concern.INFRASTRUCTURE);
        assertThat(below("root-servers.net").concerns()).contains(Concern.INFRASTRUCTURE);
    }

    @Test
    void subdomainsOfASharedHostAreForbidden() {
        assertThat(below("host.example").concerns()).contains(Concern.SHARED_HOST);
        assertThat(exactly("pages.host.example").concerns()).doesNotContain(Concern.SHARED_HOST);
    }

    @Test
    void nameThatFitsTheStandardMayBeTooLongForTheZone() {
        int room = 253 - ZONE.ascii().length() - 1;

        assertThat(exactly(name(room)).concerns()).doesNotContain(Concern.TOO_LONG_FOR_ZONE);
        assertThat(below(name(room)).concerns()).contains(Concern.TOO_LONG_FOR_ZONE);
        assertThat(exactly(name(room + 1)).concerns()).contains(Concern.TOO_LONG_FOR_ZONE);
    }

    @Test
    void malformedNamesAreAllNamedAndTheOthersAreChecked() {
        Proportionality found =
                check.check(
                        Stream.of("*.t.me", "https://t.me/", "t.me", "149.154.167.99")
                                .map(name -> new Wanted(name, false))
                                .toList());

        assertThat(found.of(Weight.FORBIDS))
                .extracting(Finding::name)
                .containsExactly("*.t.me", "https://t.me/", "149.154.167.99");
        assertThat(found.findings().getFirst().sentence()).contains("say \"with subdomains\"");
        assertThat(found.names()).hasSize(1);
    }

    @Test
    void whatIsHitAlreadyIsNoted() {
        Proportionality found =
                check.check(
                        List.of(
                                new Wanted("web.example.org", true),
                                new Wanted("a.web.example.org", false),
                                new Wanted("A.web.example.org.", false)));

        assertThat(found.concerns()).contains(Concern.COVERED, Concern.TWICE);
        assertThat(found.names()).hasSize(2);
    }

    @Test
    void nothingAtAllCannotBeApproved() {
        assertThat(check.check(List.of()).isApprovable(Map.of())).isFalse();
    }

    private static String name(int length) {
        return ("a".repeat(50) + ".").repeat(5).substring(0, length - 4) + ".com";
    }

    private Proportionality exactly(String name) {
        return check.check(List.of(new Wanted(name, false)));
    }

    private Proportionality below(String name) {
        return check.check(List.of(new Wanted(name, true)));
    }

    private static List<Concern> weights(Proportionality found, Weight weight) {
        return found.of(weight).stream().map(Finding::concern).toList();
    }

    private static Set<DomainName> names(String... names) {
        return Stream.of(names).map(DomainName::read).collect(Collectors.toSet());
    }
}
