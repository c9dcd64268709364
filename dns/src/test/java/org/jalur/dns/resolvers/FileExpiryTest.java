package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.TestZone.ORDERS;
import static org.jalur.dns.resolvers.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Export;
import org.jalur.access.zone.ExportedOrder;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.dns.TestZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody fetches a new file any more: what programs do with the one that they have. {@code
 * docs/resolvers.md} says the same.
 */
class FileExpiryTest {
    private static final DomainName ONE = new DomainName("one.example");
    private static final int EXPIRE = 5;
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Three times what a resolver may wait. */
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir private Path folder;

    /** It transfers nothing: its file is what is left when nobody fetches a new one. */
    @Test
    void knotGoesOnWithTheFileThatItHas() throws Exception {
        Installed.require(Software.KNOT);
        Path own = Files.createDirectories(folder.resolve("knot"));
        Files.writeString(
                own.resolve(ORDERS + ".zone"),
                export(TestZone.shortLived(EXPIRE), Instant.now().plusSeconds(EXPIRE)).zoneFile());
        try (var internet = new InventedNames();
                RunningResolver resolver = RunningResolver.at(Software.KNOT, own)) {
            resolver.start(new Setup(internet.address(), List.of(ORDERS), internet.address()));
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();

            assertThat(within(LONG, () -> resolver.opens(ONE))).isFalse();
        }
    }

    /** Files with their end inside: a running program does not look again, a new start does. */
    @ParameterizedTest
    @EnumSource(names = {"POWERDNS", "KNOT"})
    void exportEndsAtTheNextStart(Software software) throws Exception {
        Installed.require(software);
        try (var internet = new InventedNames();
                RunningResolver resolver =
                        RunningResolver.at(software, folder.resolve(software.name()))) {
            Instant end = Instant.now().plus(SOON);
            resolver.start(export(TestZone.shortLived(EXPIRE), end), internet.address());
            assertThat(within(SOON, () -> resolver.blocks(ONE))).isTrue();
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis() + 1_000));

            assertThat(resolver.blocks(ONE)).isTrue();
            resolver.kill();
            resolver.start();
            assertThat(within(SOON, () -> resolver.opens(ONE))).isTrue();
        }
    }

    private static Export export(ZoneSettings settings, Instant usableUntil) {
        Instant now = Instant.now();
        return new Export(
                settings,
                new Serial(7),
                List.of(
                        new ExportedOrder(
                                "SAMPLE-1",
                                now.plus(Duration.ofMinutes(30)),
                                List.of(TestZone.blocked("one.example")))),
                now,
                usableUntil);
    }
}
