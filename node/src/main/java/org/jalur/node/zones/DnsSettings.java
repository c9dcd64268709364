package org.jalur.node.zones;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.access.zone.ZoneSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an authority's node gives its zones to resolvers; {@code docs/resolvers.md} shows the other
 * side.
 *
 * @param address of the DNS server; absent: none is started
 * @param port UDP and TCP; 0 for a free one
 * @param orders the small zone, of single orders; absent: orders are published as nothing
 * @param list the large zone, of one list; absent: no list can be imported
 * @param secondaries who may have the zones; nobody else gets an answer
 * @param listChange so many names of the list may come or go without a second person
 * @param protectedNames which the list may not begin to hit without a second person, beside the
 *     zones' own
 */
@ConfigurationProperties("jalur.dns")
record DnsSettings(
        @Nullable String address,
        @DefaultValue("53") int port,
        @Nullable Zone orders,
        @Nullable Zone list,
        @DefaultValue List<Secondary> secondaries,
        @DefaultValue("1000") int listChange,
        @DefaultValue List<String> protectedNames) {
    DnsSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "jalur.dns.port is %d; give 1 to 65535, or 0 for a free one".formatted(port));
        }
        if (address != null && orders == null && list == null) {
            throw new IllegalArgumentException(
                    "jalur.dns.address is %s, and there is no zone to serve; give jalur.dns.orders.origin"
                            .formatted(address));
        }
        if (listChange < 0) {
            throw new IllegalArgumentException(
                    "jalur.dns.list-change is %d; give 0 or more".formatted(listChange));
        }
    }

    /** What is configured for a zone. */
    Optional<ZoneSettings> of(ZoneName zone) {
        return Optional.ofNullable(
                        switch (zone) {
                            case ORDERS -> orders;
                            case LIST -> list;
                        })
                .map(Zone::settings);
    }

    /**
     * @param origin name of the zone
     * @param mailbox of whoever answers for it, as a name: "noc.example.org" is noc@example.org
     * @param canary a name of the authority that exists and is always blocked
     * @param ttl seconds, at most 60: so long caches in front keep a block
     * @param refresh seconds, at most 60
     * @param retry seconds, at most 60
     * @param expire seconds, at most a day: so long a resolver goes on blocking when the node is
     *     gone
     */
    record Zone(
            String origin,
            String mailbox,
            String canary,
            @DefaultValue("30") int ttl,
            @DefaultValue("60") int refresh,
            @DefaultValue("10") int retry,
            @DefaultValue("86400") int expire) {
        ZoneSettings settings() {
            return new ZoneSettings(
                    new DomainName(origin),
                    new DomainName(mailbox),
                    new DomainName(canary),
                    ttl,
                    refresh,
                    retry,
                    expire);
        }
    }

    /**
     * A resolver that fetches zones.
     *
     * @param name shown to people
     * @param operator id of its operator in the register; absent: the name
     * @param addresses it asks from these, each an address or a range such as 192.0.2.0/28
     * @param notifyAt where it wants to be told of changes, as address:port or [address]:port
     * @param keyFile file with its TSIG key, "algorithm name base64"; absent: the address decides
     * @param zones that it may have; absent: all
     */
    record Secondary(
            String name,
            @Nullable String operator,
            List<String> addresses,
            @DefaultValue List<String> notifyAt,
            @Nullable Path keyFile,
            @DefaultValue Set<ZoneName> zones) {
        Set<ZoneName> allowedZones() {
            return zones.isEmpty() ? EnumSet.allOf(ZoneName.class) : zones;
        }
    }
}
