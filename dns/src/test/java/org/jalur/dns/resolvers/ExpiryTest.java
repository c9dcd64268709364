package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.TestZone.CANARY;
import static org.jalur.dns.TestZone.ORDERS;
import static org.jalur.dns.resolvers.Eventually.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.dns.AddressRange;
import org.jalur.dns.Limits;
import org.jalur.dns.Primary;
import org.jalur.dns.Secondary;
import org.jalur.dns.TestZone;
import org.jalur.dns.TransferKey;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The primary dies while a name is blocked: what each resolver does when the time runs out that the
 * zone gives it (SOA EXPIRE). {@code docs/resolvers.md} says the same.
 */
class ExpiryTest {
    private static final DomainName ONE = new DomainName("one.example");
    private static final int EXPIRE = 5;
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Three times what a resolver may wait. */
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void whatBecomesOfABlockWhenThePrimaryIsDead(Software software) throws Exception {
        Installed.require(software);
        Optional<TransferKey> key =
                software == Software.UNBOUND ? Optional.empty() : Optional.of(Setup.KEY);
        try (var internet = new InventedNames();
                RunningResolver resolver =
                        RunningResolver.at(software, folder.resolve(software.name()))) {
            var secondary =
                    new Secondary(
                            "resolver",
                            List.of(AddressRange.of("127.0.0.1")),
                            List.of(resolver.address()),
                            key,
                            Set.of(ORDERS));
            try (var primary =
                    new Primary(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                            List.of(secondary),
                            Limits.usual(),
                            Clock.systemUTC())) {
                primary.serve(new TestZone(TestZone.shortLived(EXPIRE), "one.example").served());
                resolver.start(new Setup(primary.address(), List.of(ORDERS), internet.address()));
                assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            }

            boolean opened = within(LONG, () -> resolver.opens(ONE));

            switch (software) {
                case BIND -> {
                    assertThat(opened).isTrue();
                    assertThat(resolver.blocks(CANARY)).isFalse();
                }
                // They go on blocking: the operator's own watch takes the zone out.
                case UNBOUND, POWERDNS, KNOT -> {
                    assertThat(opened).isFalse();
                    assertThat(resolver.blocks(CANARY)).isTrue();
                }
            }
        }
    }
}
