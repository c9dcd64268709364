package org.jalur.node.zones;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.dns.AddressRange;
import org.jalur.dns.Secondary;
import org.jalur.dns.TransferKey;

/** The secondaries of the settings; what is wrong with one is said by its name. */
final class ConfiguredSecondaries {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final DnsSettings settings;
    private final ZonesInUse zones;

    ConfiguredSecondaries(DnsSettings settings, ZonesInUse zones) {
        this.settings = settings;
        this.zones = zones;
    }

    List<Secondary> all() {
        Set<String> names = new HashSet<>();
        for (DnsSettings.Secondary one : settings.secondaries()) {
            if (!names.add(one.name())) {
                throw new IllegalArgumentException(
                        "jalur.dns.secondaries has \"%s\" twice; give each a name of its own"
                                .formatted(one.name()));
            }
        }
        return settings.secondaries().stream().map(this::secondary).toList();
    }

    private Secondary secondary(DnsSettings.Secondary one) {
        try {
            Set<DomainName> origins =
                    one.allowedZones().stream()
                            .flatMap(zone -> zones.settings(zone).stream())
                            .map(ZoneSettings::origin)
                            .collect(Collectors.toSet());
            return new Secondary(
                    one.name(),
                    one.addresses().stream().map(AddressRange::of).toList(),
                    one.notifyAt().stream().map(ConfiguredSecondaries::address).toList(),
                    Optional.ofNullable(one.keyFile()).map(ConfiguredSecondaries::key),
                    origins);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "jalur.dns.secondaries \"%s\": %s".formatted(one.name(), e.getMessage()), e);
        }
    }

    private static TransferKey key(Path file) {
        try {
            Set<PosixFilePermission> others = Files.getPosixFilePermissions(file);
            others.removeAll(OWNERS);
            if (!others.isEmpty()) {
                throw new IllegalArgumentException(
                        "its key %s can be read or written by others; set its mode to 0600"
                                .formatted(file));
            }
            return TransferKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("its key cannot be read from %s".formatted(file), e);
        }
    }

    /** Reads 192.0.2.1:53 or [2001:db8::1]:53; names are not looked up. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = text.substring(0, Math.max(0, colon));
            return address(
                    host.startsWith("[") && host.endsWith("]")
                            ? host.substring(1, host.length() - 1)
                            : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no address with a port; write as 192.0.2.1:53 or [2001:db8::1]:53"
                            .formatted(text),
                    e);
        }
    }

    static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
