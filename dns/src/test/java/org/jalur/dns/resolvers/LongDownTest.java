package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.TestZone.ORDERS;
import static org.jalur.dns.resolvers.Eventually.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.dns.AddressRange;
import org.jalur.dns.Limits;
import org.jalur.dns.Primary;
import org.jalur.dns.Secondary;
import org.jalur.dns.SecondaryState;
import org.jalur.dns.TestZone;
import org.jalur.dns.TransferKey;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A resolver is down for an hour and comes back with the zone's file as it was. A file that is an
 * hour old is what it then finds; its own clock goes on by the seconds of the test.
 */
class LongDownTest {
    private static final DomainName LIFTED = new DomainName("lifted.example");
    private static final DomainName BLOCKED = new DomainName("blocked.example");
    private static final DomainName OTHER = new DomainName("other.example");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;

    private static Optional<TransferKey> key(Software software) {
        return switch (software) {
            case BIND, POWERDNS -> Optional.of(Setup.KEY);
            case UNBOUND, KNOT -> Optional.empty();
        };
    }

    private static Primary primary(InetSocketAddress at, RunningResolver resolver)
            throws Exception {
        var secondary =
                new Secondary(
                        "resolver",
                        List.of(AddressRange.of("127.0.0.1")),
                        List.of(resolver.address()),
                        key(resolver.software()),
                        Set.of(ORDERS));
        return new Primary(at, List.of(secondary), Limits.usual(), Clock.systemUTC());
    }

    /** The file of the zone that the program keeps, as documented. */
    private static Path kept(RunningResolver resolver) {
        return resolver.folder()
                .resolve(ORDERS + (resolver.software() == Software.BIND ? ".db" : ".zone"));
    }

    private static void age(Path file, Duration by) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
    }

    /** Refresh and retry are a second each; expire is shorter or longer than the hour. */
    @ParameterizedTest
    @CsvSource({"BIND, 600", "BIND, 86400", "UNBOUND, 600", "UNBOUND, 86400"})
    void learnsWhatItMissedWhetherOrNotItsZoneHasExpired(Software software, int expire)
            throws Exception {
        Installed.require(software);
        ZoneSettings settings = TestZone.shortLived(expire);
        var zone = new TestZone(settings, "lifted.example");
        boolean expired = expire < HOUR.toSeconds();
        InetSocketAddress at;
        try (var internet = new InventedNames();
                RunningResolver resolver =
                        RunningResolver.at(software, folder.resolve(software.name()))) {
            var free = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
            try (Primary primary = primary(free, resolver)) {
                at = primary.address();
                primary.serve(zone.served());
                resolver.start(new Setup(at, List.of(ORDERS), internet.address()));
                assertThat(within(SOON, () -> resolver.blocks(LIFTED))).isTrue();
                assertThat(within(SOON, () -> Files.exists(kept(resolver)))).isTrue();
                resolver.stop();
                // BIND's file is binary; a label stands in it as it is all the same.
                assertThat(Files.readString(kept(resolver), StandardCharsets.ISO_8859_1))
                        .contains("lifted");

                primary.serve(zone.change("blocked.example"));

                assertThat(within(SOON, () -> tries(primary) > 2)).as("it is told").isTrue();
                SecondaryState down = primary.states().getFirst();
                assertThat(down.has()).contains(new Serial(1));
                assertThat(down.told().getFirst().acknowledgedAt()).isEmpty();
            }
            age(kept(resolver), HOUR);

            // Nobody is there to tell it anything yet: it has what lies in its folder.
            resolver.start();
            if (software == Software.BIND && expired) {
                assertThat(within(SOON, () -> resolver.opens(LIFTED))).isTrue();
            } else {
                assertThat(within(SOON, () -> resolver.blocks(LIFTED))).isTrue();
            }
            assertThat(resolver.opens(BLOCKED)).isTrue();

            try (Primary primary = primary(at, resolver)) {
                primary.serve(zone.served());

                assertThat(within(SOON, () -> resolver.blocks(BLOCKED))).isTrue();
                assertThat(within(SOON, () -> resolver.opens(LIFTED))).isTrue();
                assertThat(resolver.opens(OTHER)).isTrue();
                assertThat(
                                within(
                                        SOON,
                                        () ->
                                                primary.states()
                                                        .getFirst()
                                                        .has()
                                                        .equals(Optional.of(new Serial(2)))))
                        .isTrue();
            }
        }
    }

    private static int tries(Primary primary) {
        return primary.states().getFirst().told().stream()
                .mapToInt(SecondaryState.Told::tries)
                .max()
                .orElse(0);
    }
}
