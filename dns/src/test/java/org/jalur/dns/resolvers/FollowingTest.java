package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.TestZone.CANARY;
import static org.jalur.dns.TestZone.ORDERS;
import static org.jalur.dns.resolvers.Eventually.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
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
import org.jalur.dns.SecondaryState;
import org.jalur.dns.ServedZone;
import org.jalur.dns.TestZone;
import org.jalur.dns.TransferKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resolvers that transfer zones, set up as documented. */
class FollowingTest {
    private static final InetSocketAddress FREE =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final DomainName ONE = new DomainName("one.example");
    private static final DomainName TWO = new DomainName("two.example");
    private static final DomainName BELOW = new DomainName("below.two.example");
    private static final DomainName OTHER = new DomainName("other.example");
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private InventedNames internet;

    @BeforeEach
    void start() throws Exception {
        internet = new InventedNames();
    }

    @AfterEach
    void stop() throws Exception {
        internet.close();
    }

    private static Optional<TransferKey> key(Software software) {
        return switch (software) {
            case BIND, POWERDNS -> Optional.of(Setup.KEY);
            case UNBOUND, KNOT -> Optional.empty();
        };
    }

    private static Primary primary(
            InetSocketAddress at, Optional<TransferKey> key, InetSocketAddress... notifyAt)
            throws IOException {
        var secondary =
                new Secondary(
                        "resolver",
                        List.of(AddressRange.of("127.0.0.1")),
                        List.of(notifyAt),
                        key,
                        Set.of(ORDERS));
        return new Primary(at, List.of(secondary), Limits.usual(), Clock.systemUTC());
    }

    private RunningResolver resolver(Software software) throws IOException {
        Installed.require(software);
        return RunningResolver.at(software, folder.resolve(software.name()));
    }

    private Setup setup(Primary primary) {
        return new Setup(primary.address(), List.of(ORDERS), internet.address());
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void blocksAndLiftsAsItIsTold(Software software) throws Exception {
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, key(software), resolver.address())) {
            var zone = new TestZone(ORDERS, "one.example");
            primary.serve(zone.served());
            resolver.start(setup(primary));

            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            assertThat(resolver.blocks(CANARY)).isTrue();
            assertThat(resolver.opens(TWO)).isTrue();

            primary.serve(zone.change("*.two.example"));

            assertThat(within(SOON, () -> resolver.opens(ONE))).isTrue();
            assertThat(within(SOON, () -> resolver.blocks(TWO))).isTrue();
            assertThat(resolver.blocks(BELOW)).isTrue();
            assertThat(resolver.opens(OTHER)).isTrue();
            assertThat(
                            within(
                                    SOON,
                                    () ->
                                            resolver.text(new DomainName("serial." + CANARY))
                                                    .equals(Optional.of("2"))))
                    .isTrue();
            SecondaryState state = primary.states().getFirst();
            assertThat(state.fetched().orElseThrow().kind())
                    .isEqualTo(SecondaryState.Kind.DIFFERENCES);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND"})
    void acknowledgesWhatItIsTold(Software software) throws Exception {
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, key(software), resolver.address())) {
            var zone = new TestZone(ORDERS, "one.example");
            primary.serve(zone.served());
            resolver.start(setup(primary));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();

            primary.serve(zone.change("two.example"));

            assertThat(
                            within(
                                    SOON,
                                    () ->
                                            primary.states().getFirst().told().stream()
                                                    .anyMatch(told ->
                                                            told.serial().value() == 2
                                                                    && told.acknowledgedAt()
                                                                            .isPresent())))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void followsByItselfWhenEveryNotifyIsLost(Software software) throws Exception {
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, key(software))) {
            var zone = new TestZone(TestZone.shortLived(600), "one.example");
            primary.serve(zone.served());
            resolver.start(setup(primary));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();

            primary.serve(zone.change("two.example"));

            assertThat(within(Duration.ofSeconds(20), () -> resolver.opens(ONE))).isTrue();
            assertThat(within(SOON, () -> resolver.blocks(TWO))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void learnsAfterARestartWhatItMissed(Software software) throws Exception {
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, key(software), resolver.address())) {
            var zone = new TestZone(ORDERS, "one.example");
            primary.serve(zone.served());
            resolver.start(setup(primary));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();

            resolver.kill();
            primary.serve(zone.change("two.example"));
            resolver.start();

            assertThat(within(Duration.ofSeconds(20), () -> resolver.blocks(TWO))).isTrue();
            assertThat(within(SOON, () -> resolver.opens(ONE))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void goesOnWithAPrimaryThatWasRestarted(Software software) throws Exception {
        try (RunningResolver resolver = resolver(software)) {
            var zone = new TestZone(TestZone.shortLived(600), "one.example");
            InetSocketAddress at;
            try (Primary primary = primary(FREE, key(software), resolver.address())) {
                at = primary.address();
                primary.serve(zone.served());
                resolver.start(setup(primary));
                assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            }

            try (Primary primary = primary(at, key(software), resolver.address())) {
                primary.serve(ServedZone.alone(zone.change("two.example").zone(), 10));

                assertThat(within(SOON, () -> resolver.blocks(TWO))).isTrue();
                assertThat(within(SOON, () -> resolver.opens(ONE))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "POWERDNS"})
    void wrongKeyGetsNothing(Software software) throws Exception {
        var forged =
                new TransferKey(Setup.KEY.name(), TransferKey.Algorithm.HMAC_SHA256, new byte[32]);
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, Optional.of(forged), resolver.address())) {
            primary.serve(new TestZone(ORDERS, "one.example").served());

            resolver.start(setup(primary));

            assertThat(within(SOON, () -> resolver.log().contains(refusedByThePrimary(software))))
                    .as(resolver.log())
                    .isTrue();
            assertThat(resolver.opens(ONE)).isTrue();
            assertThat(primary.states().getFirst().has()).isEmpty();
        }
    }

    /** How each tells in its log that the primary did not take its signature. */
    private static String refusedByThePrimary(Software software) {
        return switch (software) {
            case BIND -> "tsig indicates error";
            case POWERDNS -> "Not Authorized";
            case UNBOUND, KNOT -> throw new IllegalArgumentException(software + " does not sign");
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"BIND", "UNBOUND", "POWERDNS"})
    void watchTellsAFreshZoneFromAnOldOne(Software software) throws Exception {
        Path watch = folder.resolve("zone-watch");
        Files.writeString(watch, Setup.documented("zone-watch"));
        try (RunningResolver resolver = resolver(software);
                Primary primary = primary(FREE, key(software), resolver.address())) {
            // Version 1 is of 1970.
            primary.serve(new TestZone(ORDERS, "one.example").served());
            resolver.start(setup(primary));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            String port = Integer.toString(resolver.address().getPort());

            assertThat(run("sh", watch.toString(), CANARY.ascii(), "127.0.0.1", port, "86400"))
                    .isEqualTo(1);
            assertThat(
                            run(
                                    "sh",
                                    watch.toString(),
                                    CANARY.ascii(),
                                    "127.0.0.1",
                                    port,
                                    "100000000000"))
                    .isEqualTo(0);
            assertThat(run("sh", watch.toString(), "other.example", "127.0.0.1", port, "86400"))
                    .isEqualTo(2);
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void powerDnsSaysWhy() throws Exception {
        try (RunningResolver resolver = resolver(Software.POWERDNS);
                Primary primary = primary(FREE, key(Software.POWERDNS))) {
            primary.serve(new TestZone(ORDERS, "one.example").served());
            resolver.start(setup(primary));

            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            assertThat(resolver.errorCode(ONE)).contains(16);
        }
    }
}
