package org.jalur.access.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.order.BlockedName;
import org.jalur.screening.url.PublicSuffixes;

/**
 * Looks at what blocking names would hit besides what is meant. It knows names only: that two names
 * share an address is no concern here, for orders have no address triggers.
 */
public final class ProportionalityCheck {
    /** For reverse look-ups and the machine itself (RFC 6761, RFC 3172), and for all zones. */
    private static final List<DomainName> INFRASTRUCTURE =
            List.of(
                    DomainName.read("arpa"),
                    DomainName.read("localhost"),
                    DomainName.read("root-servers.net"));

    /** How many characters "*." adds. */
    private static final int WILDCARD = 2;

    private static final int MOST_NAMED = 20;

    private final PublicSuffixes suffixes;
    private final Surroundings surroundings;
    private final int room;

    /**
     * @param zone in which the records of the orders stand
     */
    public ProportionalityCheck(
            PublicSuffixes suffixes, Surroundings surroundings, DomainName zone) {
        this.suffixes = suffixes;
        this.surroundings = surroundings;
        this.room = DomainName.LONGEST - zone.ascii().length() - 1;
    }

    /** The same while no order is in force. */
    public Proportionality check(List<Wanted> wanted) {
        return check(wanted, Map.of());
    }

    /**
     * Checks all names, also those after one that cannot be read.
     *
     * @param ordered what is blocked now, with the reference of the order that does it
     */
    public Proportionality check(List<Wanted> wanted, Map<BlockedName, Set<String>> ordered) {
        List<Finding> findings = new ArrayList<>();
        Set<BlockedName> names = new TreeSet<>();
        for (Wanted one : wanted) {
            try {
                DomainName name = DomainName.read(one.name());
                if (Subdomains.isKept(name)) {
                    throw new InvalidAccessException("name", AccessRule.NAME_KEPT, name);
                }
                if (!names.add(new BlockedName(name, one.withSubdomains()))) {
                    findings.add(finding(name, Concern.TWICE));
                }
            } catch (InvalidAccessException e) {
                findings.add(new Finding(one.name(), Concern.MALFORMED, List.of(e.getMessage())));
            }
        }
        for (BlockedName name : names) {
            findings.addAll(new Look(name).findings());
            ordered.entrySet().stream()
                    .filter(one -> one.getKey().hits(name.name()) || name.hits(one.getKey().name()))
                    .flatMap(one -> one.getValue().stream())
                    .distinct()
                    .sorted()
                    .forEach(reference ->
                            findings.add(finding(name.name(), Concern.ORDERED_ALREADY, reference)));
            names.stream()
                    .filter(other ->
                            other.withSubdomains()
                                    && !other.equals(name)
                                    && other.hits(name.name()))
                    .findFirst()
                    .ifPresent(other ->
                            findings.add(
                                    finding(name.name(), Concern.COVERED, other.name().ascii())));
        }
        findings.sort(Comparator.comparing(Finding::weight));
        return new Proportionality(List.copyOf(names), findings.stream().distinct().toList());
    }

    private static Finding finding(DomainName name, Concern concern, String... values) {
        return new Finding(name.ascii(), concern, List.of(values));
    }

    /** One look at one name. */
    private final class Look {
        private final BlockedName blocked;
        private final DomainName name;
        private final List<Finding> findings = new ArrayList<>();

        Look(BlockedName blocked) {
            this.blocked = blocked;
            this.name = blocked.name();
        }

        List<Finding> findings() {
            length();
            hits(surroundings.own(), Concern.OWN_NAME);
            hits(surroundings.resolvers(), Concern.RESOLVER_NAME);
            hits(surroundings.controls(), Concern.CONTROL);
            if (INFRASTRUCTURE.stream().anyMatch(one -> name.isWithin(one) || blocked.hits(one))) {
                add(Concern.INFRASTRUCTURE);
            }
            registration();
            sharing();
            popularity();
            if (blocked.withSubdomains()) {
                add(Concern.EVERY_SUBDOMAIN);
            } else {
                add(Concern.LEAVES_SUBDOMAINS);
            }
            return findings;
        }

        private void length() {
            int most = blocked.withSubdomains() ? room - WILDCARD : room;
            int length = name.ascii().length();
            if (length > most) {
                add(Concern.TOO_LONG_FOR_ZONE, Integer.toString(length), Integer.toString(most));
            }
        }

        private void registration() {
            if (suffixes.isPublicSuffix(name.host())) {
                add(Concern.PUBLIC_SUFFIX);
                return;
            }
            if (blocked.withSubdomains()) {
                suffixes.suffixBelow(name.host())
                        .ifPresent(below -> add(Concern.SUFFIX_BELOW, below.ascii()));
            }
            if (suffixes.registrableDomain(name.host())
                    .filter(domain -> domain.ascii().equals(name.ascii()))
                    .isPresent()) {
                add(Concern.REGISTRABLE_DOMAIN);
            }
        }

        private void sharing() {
            surroundings.shared().entrySet().stream()
                    .filter(one -> blocked.hits(one.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(one -> add(Concern.SHARED_NAME, one.getValue()));
            if (blocked.withSubdomains()) {
                hits(surroundings.sharedHosts(), Concern.SHARED_HOST);
            }
        }

        private void popularity() {
            hits(surroundings.popular(), Concern.POPULAR_NAME);
            suffixes.registrableDomain(name.host())
                    .map(domain -> new DomainName(domain.ascii()))
                    .ifPresent(domain ->
                            surroundings.popular().stream()
                                    .filter(popular -> popular.isWithin(domain))
                                    .filter(popular -> !blocked.hits(popular))
                                    .sorted()
                                    .limit(MOST_NAMED)
                                    .forEach(popular ->
                                            add(Concern.POPULAR_SIBLING, popular.ascii())));
        }

        private void hits(Collection<DomainName> names, Concern concern) {
            names.stream()
                    .filter(blocked::hits)
                    .sorted()
                    .limit(MOST_NAMED)
                    .forEach(one -> add(concern, one.ascii()));
        }

        private void add(Concern concern, String... values) {
            findings.add(finding(name, concern, values));
        }
    }
}
