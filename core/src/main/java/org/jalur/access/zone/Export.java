package org.jalur.access.zone;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;

/**
 * Orders as files. A file cannot take itself back: each says in its head until when it may be used,
 * and beside each order when that ends. Those that a program reads as Lua are not loaded after that
 * time; for all others the operator must fetch anew.
 */
public final class Export {
    private static final String PATH = "/[A-Za-z0-9._/-]{1,200}";
    private static final String REGISTER = "https?://[A-Za-z0-9.:/_~-]{1,100}";
    private static final String ORDERS = "access blocks by order of an authority";

    private final ZoneSettings settings;
    private final Serial serial;
    private final List<ExportedOrder> orders;
    private final Instant madeAt;
    private final Instant until;
    private final String why;

    /**
     * @param orders in force
     * @param until when the export must be fetched anew if no order ends before
     */
    public Export(
            ZoneSettings settings,
            Serial serial,
            List<ExportedOrder> orders,
            Instant madeAt,
            Instant until) {
        if (!until.isAfter(madeAt)) {
            throw new InvalidAccessException("until", AccessRule.NOT_AFTER, until, madeAt);
        }
        this.settings = settings;
        this.serial = serial;
        this.madeAt = madeAt.truncatedTo(ChronoUnit.SECONDS);
        this.orders =
                orders.stream()
                        .filter(order -> order.endsAt().isAfter(madeAt))
                        .sorted(Comparator.comparing(ExportedOrder::endsAt).reversed())
                        .toList();
        this.until =
                this.orders.stream()
                        .map(ExportedOrder::endsAt)
                        .filter(end -> end.isBefore(until))
                        .min(Comparator.naturalOrder())
                        .orElse(until)
                        .truncatedTo(ChronoUnit.SECONDS);
        this.why = ORDERS;
    }

    private Export(Export export, String why) {
        this.settings = export.settings;
        this.serial = export.serial;
        this.orders = export.orders;
        this.madeAt = export.madeAt;
        this.until = export.until;
        this.why = why;
    }

    /**
     * The same, where answers name the address at which everybody reads why a name is blocked: an
     * answer that a name does not exist leads nobody there, and neither does a browser show the
     * text; whoever looks for the cause finds it.
     *
     * @throws InvalidAccessException if no configuration can hold the address
     */
    public Export withRegister(URI register) {
        if (!register.toString().matches(REGISTER)) {
            throw new InvalidAccessException("register", AccessRule.REGISTER, register);
        }
        return new Export(this, ORDERS + ", see " + register);
    }

    /** When this export must not be used any more. */
    public Instant until() {
        return until;
    }

    /** A name a line; with its subdomains also as "*.name". */
    public String plainList() {
        var text = new StringBuilder(head("#"));
        for (Section section : sections()) {
            text.append(section.comment("#"));
            for (BlockedName blocked : section.names()) {
                text.append(blocked.name()).append('\n');
                if (blocked.withSubdomains()) {
                    text.append("*.").append(blocked.name()).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** The response policy zone as a file, which the configurations below name. */
    public String zoneFile() {
        List<BlockedName> names =
                sections().stream().flatMap(section -> section.names().stream()).toList();
        var zone = new PolicyZone(settings, serial, NameTable.of(names));
        var text = new StringBuilder(head(";"));
        text.append(lines(new PolicyZone(settings, serial, NameTable.of(List.of()))));
        Set<String> written = new HashSet<>();
        for (Section section : sections()) {
            text.append(section.comment(";"));
            for (BlockedName blocked : section.names()) {
                String name = blocked.name().ascii();
                if (written.add(name)) {
                    text.append(zone.block(name).line()).append('\n');
                }
                if (blocked.withSubdomains() && written.add("*." + name)) {
                    text.append(zone.block("*." + name).line()).append('\n');
                }
            }
        }
        return text.toString();
    }

    /**
     * Two files: what stands beside other zones, and what stands inside the options of the server.
     *
     * @param zonePath where {@link #zoneFile} lies
     */
    public List<ExportFile> bind(String zonePath) {
        String zone =
                """
                zone "%s" {
                    type primary;
                    file "%s";
                    allow-query { none; };
                    allow-transfer { none; };
                };
                """
                        .formatted(settings.origin(), path(zonePath));
        String options =
                """
                response-policy { zone "%s"; } qname-wait-recurse no;
                """
                        .formatted(settings.origin());
        return List.of(
                new ExportFile("jalur-zone.conf", head("//") + zone),
                new ExportFile("jalur-options.conf", head("//") + options));
    }

    /** Exact names need the policy zone: a local zone of Unbound always takes all below it too. */
    public ExportFile unbound(String zonePath) {
        String text =
                """
                server:
                    module-config: "respip validator iterator"
                rpz:
                    name: "%s"
                    zonefile: "%s"
                """
                        .formatted(settings.origin(), path(zonePath));
        return new ExportFile("jalur-unbound.conf", head("#") + text);
    }

    /** For the Lua configuration of PowerDNS Recursor; answers say why (RFC 8914 code 16). */
    public ExportFile powerDns(String zonePath) {
        String text =
                """
                if os.time() < %d then
                  rpzFile("%s", {policyName="%s", extendedErrorCode=16, extendedErrorExtra="%s"})
                end
                """
                        .formatted(until.getEpochSecond(), path(zonePath), settings.origin(), why);
        return new ExportFile("jalur-recursor.lua", head("--") + text);
    }

    /** For the configuration of Knot Resolver 5; answers say why (RFC 8914 code 16). */
    public ExportFile knot(String zonePath) {
        String text =
                """
                if os.time() < %d then
                  policy.add(policy.rpz(
                    policy.DENY_MSG('%s', kres.extended_error.CENSORED), '%s'))
                end
                """
                        .formatted(until.getEpochSecond(), why, path(zonePath));
        return new ExportFile("jalur-kresd.conf", head("--") + text);
    }

    private String head(String comment) {
        return """
        %1$s Jalur: %2$s, zone %3$s, version %4$s
        %1$s made at %5$s; fetch it anew before %6$s, do not use it after that
        """
                .formatted(comment, ORDERS, settings.origin(), serial, madeAt, until);
    }

    private static String lines(PolicyZone zone) {
        return zone.records().map(record -> record.line() + "\n").collect(Collectors.joining());
    }

    /** Each name with the order that ends last of those that hold it. */
    private List<Section> sections() {
        Set<BlockedName> named = new HashSet<>();
        return orders.stream()
                .map(order ->
                        new Section(
                                order.reference(),
                                order.endsAt(),
                                order.names().stream().filter(named::add).sorted().toList()))
                .filter(section -> !section.names().isEmpty())
                .toList();
    }

    private record Section(String reference, Instant endsAt, List<BlockedName> names) {
        /** A reference is people's text: it must not begin a line of its own. */
        String comment(String mark) {
            String oneLine = reference.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
            return "%s order %s, ends %s\n"
                    .formatted(mark, oneLine, endsAt.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private static String path(String path) {
        if (!path.matches(PATH)) {
            throw new InvalidAccessException("path", AccessRule.EXPORT_NAME, path);
        }
        return path;
    }
}
