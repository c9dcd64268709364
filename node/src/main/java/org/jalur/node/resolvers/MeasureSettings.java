package org.jalur.node.resolvers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.access.measure.Comparison;
import org.jalur.dns.AddressRange;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How resolvers are measured.
 *
 * @param control a resolver that filters nothing, as address:port or [address]:port; absent:
 *     nothing is measured
 * @param blockPages addresses of known block pages
 * @param internal addresses and ranges that may be asked although they are not public, or are of
 *     this node's own network
 * @param questionsPerSecond most questions to one resolver
 * @param change for so long after a change a resolver is asked every {@code soon}
 * @param soon pause while something has just changed
 * @param lifting pause while a lift is not measured
 * @param steady pause while names are blocked and nothing changes
 * @param probeCalls so many calls in a minute of one address, and of one probe
 * @param reminders so long after a lift was published the operators that lag are reminded
 */
@ConfigurationProperties("jalur.measure")
record MeasureSettings(
        @Nullable String control,
        @DefaultValue List<String> blockPages,
        @DefaultValue List<String> internal,
        @DefaultValue("40") int questionsPerSecond,
        @DefaultValue("5m") Duration change,
        @DefaultValue("5s") Duration soon,
        @DefaultValue("1m") Duration lifting,
        @DefaultValue("15m") Duration steady,
        @DefaultValue("1200") int probeCalls,
        @DefaultValue({"10m", "1h", "6h", "24h"}) List<Duration> reminders) {
    private static final int PORTS = 65_535;

    MeasureSettings {
        if (questionsPerSecond < 1 || questionsPerSecond > 1_000) {
            throw new IllegalArgumentException(
                    "jalur.measure.questions-per-second is %d; give 1 to 1000"
                            .formatted(questionsPerSecond));
        }
        if (probeCalls < 1) {
            throw new IllegalArgumentException(
                    "jalur.measure.probe-calls is %d; give 1 or more".formatted(probeCalls));
        }
        for (Duration pause : List.of(soon, lifting, steady)) {
            if (pause.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException(
                        "a pause of jalur.measure is %s; give 100 ms or more".formatted(pause));
            }
        }
        if (!reminders.equals(reminders.stream().sorted().toList())) {
            throw new IllegalArgumentException(
                    "jalur.measure.reminders is %s; give rising times".formatted(reminders));
        }
    }

    Optional<InetSocketAddress> controlAddress() {
        return Optional.ofNullable(control).map(MeasureSettings::parse);
    }

    Set<AddressRange> internalRanges() {
        return internal.stream().map(AddressRange::of).collect(Collectors.toUnmodifiableSet());
    }

    Comparison comparison() {
        return new Comparison(
                blockPages.stream().map(InetAddress::ofLiteral).collect(Collectors.toSet()));
    }

    private static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String address = text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            if (port >= 1 && port <= PORTS) {
                return new InetSocketAddress(InetAddress.ofLiteral(address), port);
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "jalur.measure.control is \"%s\"; write 192.0.2.53:53 or [2001:db8::53]:53"
                        .formatted(text));
    }
}
