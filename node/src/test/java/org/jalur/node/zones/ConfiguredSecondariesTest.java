package org.jalur.node.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jalur.dns.Secondary;
import org.jalur.log.SecretFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredSecondariesTest {
    private static final DnsSettings.Zone ORDERS =
            new DnsSettings.Zone(
                    "orders.rpz.authority.example",
                    "noc.authority.example",
                    "canary.authority.example",
                    30,
                    60,
                    10,
                    86_400);

    @TempDir private Path folder;

    private static List<Secondary> read(DnsSettings.Secondary... secondaries) {
        var settings =
                new DnsSettings(
                        "127.0.0.1", 0, ORDERS, null, List.of(secondaries), 1_000, List.of());
        return new ConfiguredSecondaries(settings, new ZonesInUse(settings)).all();
    }

    private static DnsSettings.Secondary secondary(
            String name, List<String> addresses, List<String> notifyAt, @Nullable Path key) {
        return new DnsSettings.Secondary(name, null, addresses, notifyAt, key, Set.of());
    }

    @Test
    void addressesKeyAndPortAreRead() throws Exception {
        Path key = folder.resolve("key");
        SecretFile.write(
                key, "hmac-sha256 r.example VGhpcyBrZXkgaXMgYW4gZXhhbXBsZSBvbmx5ISEhISE=\n");

        Secondary one =
                read(secondary(
                                "one",
                                List.of("192.0.2.0/28", "2001:db8::1"),
                                List.of("192.0.2.1:53", "[2001:db8::1]:5353"),
                                key))
                        .getFirst();

        assertThat(one.key()).isPresent();
        assertThat(one.notifyAt()).extracting(at -> at.getPort()).containsExactly(53, 5353);
        assertThat(one.zones()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resolver.example:53", "192.0.2.1", "192.0.2.1:x", "192.0.2.1:99999", ""})
    void addressToBeToldAtThatIsNoneIsRefusedByName(String at) {
        assertThatThrownBy(() -> read(secondary("one", List.of("192.0.2.1"), List.of(at), null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one");
    }

    @Test
    void whoCouldBeAnybodyIsRefused() {
        assertThatThrownBy(() -> read(secondary("one", List.of(), List.of(), null)))
                .hasMessageContaining("neither addresses nor a key");
    }

    @Test
    void twoOfOneNameAreRefused() {
        DnsSettings.Secondary one = secondary("one", List.of("192.0.2.1"), List.of(), null);

        assertThatThrownBy(() -> read(one, one)).hasMessageContaining("twice");
    }

    @Test
    void keyThatOthersCanReadIsRefusedAndNotQuoted() throws Exception {
        Path key = folder.resolve("key");
        Files.writeString(key, "hmac-sha256 r.example c2VjcmV0LXRoYXQtaXMtb3Blbi10by1hbGw=");
        Files.setPosixFilePermissions(
                key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> read(secondary("one", List.of("192.0.2.1"), List.of(), key)))
                .hasMessageContaining("0600")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void keyThatIsNotThereIsSaid() {
        assertThatThrownBy(() ->
                        read(
                                secondary(
                                        "one",
                                        List.of("192.0.2.1"),
                                        List.of(),
                                        folder.resolve("none"))))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void addressWithoutAZoneServesNothing() {
        assertThatThrownBy(() ->
                        new DnsSettings("127.0.0.1", 53, null, null, List.of(), 1_000, List.of()))
                .hasMessageContaining("jalur.dns.orders.origin");
    }
}
