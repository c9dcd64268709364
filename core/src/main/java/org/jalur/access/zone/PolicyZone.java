package org.jalur.access.zone;

import java.util.List;
import java.util.stream.Stream;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;

/**
 * One version of a response policy zone. It has QNAME triggers only, each with NXDOMAIN as its
 * action: address triggers hit strangers, and NSDNAME triggers outlive their removal at some
 * resolvers.
 *
 * <p>Source: draft-vixie-dnsop-dns-rpz, "CNAME ." and QNAME triggers.
 */
public record PolicyZone(ZoneSettings settings, Serial serial, NameTable names) {
    /** How many characters "*." adds. */
    static final int WILDCARD = 2;

    public PolicyZone {
        int room = DomainName.LONGEST - settings.origin().ascii().length() - 1;
        if (names.longestRecord() > room) {
            names.stream().forEach(name -> requireRoom(settings, name));
        }
        if (names.hits(settings.canary()) || names.hits(settings.serialName())) {
            throw new InvalidAccessException("name", AccessRule.NAME_IN_ZONE, settings.canary());
        }
    }

    /** The first version. */
    public static PolicyZone first(ZoneSettings settings, NameTable names) {
        return new PolicyZone(settings, new Serial(1), names);
    }

    /** The version after this one. */
    public PolicyZone next(NameTable later) {
        return new PolicyZone(settings, serial.next(), later);
    }

    private static void requireRoom(ZoneSettings settings, BlockedName blocked) {
        ZoneSettings.requireRoom(
                blocked.name(), settings.origin(), blocked.withSubdomains() ? WILDCARD : 0);
    }

    public ZoneRecord soa() {
        String data =
                "localhost. %s. %s %d %d %d %d"
                        .formatted(
                                settings.mailbox(),
                                serial,
                                settings.refresh(),
                                settings.retry(),
                                settings.expire(),
                                settings.ttl());
        return new ZoneRecord(settings.origin() + ".", settings.ttl(), ZoneRecord.Type.SOA, data);
    }

    private ZoneRecord nameServer() {
        return new ZoneRecord(
                settings.origin() + ".", settings.ttl(), ZoneRecord.Type.NS, "localhost.");
    }

    /** All records, the SOA first and once. */
    public Stream<ZoneRecord> records() {
        ZoneRecord canary = block(settings.canary().ascii());
        return Stream.concat(
                Stream.of(soa(), nameServer(), canary, version()),
                names.stream().flatMap(this::triggers));
    }

    /**
     * The records of a name, as a query for it finds them.
     *
     * @param name in lower case, without the zone's own; empty for the zone's own name
     */
    public List<ZoneRecord> at(String name) {
        if (name.isEmpty()) {
            return List.of(soa(), nameServer());
        }
        if (name.equals(settings.serialName().ascii())) {
            return List.of(version());
        }
        return blocks(name) ? List.of(block(name)) : List.of();
    }

    private boolean blocks(String name) {
        if (name.equals(settings.canary().ascii())) {
            return true;
        }
        boolean below = name.startsWith("*.");
        try {
            var domain = new DomainName(below ? name.substring(WILDCARD) : name);
            return below ? names.contains(BlockedName.withSubdomains(domain)) : names.hits(domain);
        } catch (InvalidAccessException _) {
            // What is no name cannot be listed.
            return false;
        }
    }

    /** Says at a resolver which version it follows. */
    ZoneRecord version() {
        return new ZoneRecord(
                owner(settings.serialName().ascii()),
                settings.ttl(),
                ZoneRecord.Type.TXT,
                "\"" + serial + "\"");
    }

    /** Where a name is listed both ways its own record comes with the first of them. */
    private Stream<ZoneRecord> triggers(BlockedName blocked) {
        String name = blocked.name().ascii();
        if (!blocked.withSubdomains()) {
            return Stream.of(block(name));
        }
        ZoneRecord below = block("*." + name);
        return names.contains(BlockedName.exactly(blocked.name()))
                ? Stream.of(below)
                : Stream.of(block(name), below);
    }

    ZoneRecord block(String name) {
        return new ZoneRecord(owner(name), settings.ttl(), ZoneRecord.Type.CNAME, ".");
    }

    private String owner(String name) {
        return name + "." + settings.origin() + ".";
    }
}
