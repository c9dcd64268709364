package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.TestZone.CANARY;
import static org.jalur.dns.TestZone.ORDERS;
import static org.jalur.dns.TestZone.blocked;
import static org.jalur.dns.resolvers.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each export, loaded by the program that it is for. */
class ExportFilesTest {
    private static final DomainName ONE = new DomainName("one.example");
    private static final DomainName TWO = new DomainName("two.example");
    private static final DomainName BELOW = new DomainName("below.two.example");
    private static final DomainName BESIDE = new DomainName("below.one.example");
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

    private static Export export(Instant madeAt, String... names) {
        var settings = ZoneSettings.of(ORDERS, new DomainName("noc.authority.example"), CANARY);
        var order =
                new ExportedOrder(
                        "SAMPLE-1",
                        madeAt.plus(Duration.ofMinutes(30)),
                        Stream.of(names).map(name -> blocked(name)).toList());
        return new Export(
                settings, new Serial(7), List.of(order), madeAt, madeAt.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @EnumSource
    void programLoadsItsExport(Software software) throws Exception {
        Installed.require(software);
        try (RunningResolver resolver =
                RunningResolver.at(software, folder.resolve(software.name()))) {
            resolver.start(
                    export(Instant.now(), "one.example", "*.two.example"), internet.address());

            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            assertThat(resolver.blocks(TWO)).isTrue();
            assertThat(resolver.blocks(BELOW)).isTrue();
            assertThat(resolver.blocks(CANARY)).isTrue();
            assertThat(resolver.opens(BESIDE)).isTrue();
            assertThat(resolver.text(new DomainName("serial." + CANARY))).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POWERDNS", "KNOT"})
    void exportThatHasEndedBlocksNothing(Software software) throws Exception {
        Installed.require(software);
        Instant before = Instant.now().minus(Duration.ofHours(2));
        try (RunningResolver resolver =
                RunningResolver.at(software, folder.resolve(software.name()))) {
            resolver.start(export(before, "one.example"), internet.address());

            assertThat(resolver.opens(ONE)).isTrue();
        }
    }

    @Test
    void knotTakesANewFileWithoutARestart() throws Exception {
        Installed.require(Software.KNOT);
        Path own = Files.createDirectories(folder.resolve("knot"));
        Path zone = own.resolve(ORDERS + ".zone");
        Files.writeString(zone, export(Instant.now(), "one.example").zoneFile());
        try (RunningResolver resolver = RunningResolver.at(Software.KNOT, own)) {
            resolver.start(new Setup(internet.address(), List.of(ORDERS), internet.address()));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            assertThat(resolver.errorCode(ONE)).contains(16);

            Path fetched = own.resolve("fetched");
            Files.writeString(fetched, export(Instant.now(), "two.example").zoneFile());
            Files.move(fetched, zone, StandardCopyOption.ATOMIC_MOVE);

            assertThat(within(SOON, () -> resolver.blocks(TWO))).isTrue();
            assertThat(within(SOON, () -> resolver.opens(ONE))).isTrue();
        }
    }
}
