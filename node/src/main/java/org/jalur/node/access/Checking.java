package org.jalur.node.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jalur.access.DomainName;
import org.jalur.access.check.Proportionality;
import org.jalur.access.check.ProportionalityCheck;
import org.jalur.access.check.Wanted;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.ZoneSettings;
import org.jalur.node.zones.OrderZone;
import org.jalur.screening.url.PublicSuffixes;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The proportionality check with what this node knows of the names around. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@EnableConfigurationProperties(AccessSettings.class)
class Checking {
    private static final String BUNDLED = "/access/surroundings.txt";

    /** Stands in for the zone's name where this node serves none: names are as long as any. */
    private static final DomainName NO_ZONE = new DomainName("orders.access-blocks.invalid");

    private final ProportionalityCheck check;
    private final JdbcClient jdbc;
    private final Clock clock;

    Checking(AccessSettings settings, OrderZone zone, JdbcClient jdbc, Clock clock)
            throws IOException {
        this.jdbc = jdbc;
        this.clock = clock;
        var file = new SurroundingsFile().with("surroundings.txt of this program", bundled());
        if (settings.surroundings() != null) {
            file.with(
                    settings.surroundings().toString(),
                    Files.readAllLines(settings.surroundings(), UTF_8));
        }
        zone.settings()
                .ifPresent(one ->
                        file.withOwn(one.origin()).withOwn(one.canary()).withOwn(one.mailbox()));
        check =
                new ProportionalityCheck(
                        suffixes(settings),
                        file.read(),
                        zone.settings().map(ZoneSettings::origin).orElse(NO_ZONE));
    }

    private static List<String> bundled() {
        try (InputStream in = Checking.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is missing from this program");
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublicSuffixes suffixes(AccessSettings settings) throws IOException {
        if (settings.publicSuffixes() == null) {
            return PublicSuffixes.bundled();
        }
        try (InputStream in = Files.newInputStream(settings.publicSuffixes())) {
            return PublicSuffixes.read(in);
        }
    }

    Proportionality check(List<Wanted> names) {
        return check.check(names, ordered());
    }

    private Map<BlockedName, Set<String>> ordered() {
        Map<BlockedName, Set<String>> ordered = new HashMap<>();
        jdbc.sql(
                        """
                        select name, subdomains, reference from access_in_force
                        join access_orders on access_orders.id = block where ends_at > :now
                        """)
                .param("now", BlockLooks.at(clock.instant()))
                .query(row -> {
                    ordered.computeIfAbsent(
                                    new BlockedName(
                                            new DomainName(row.getString("name")),
                                            row.getBoolean("subdomains")),
                                    _ -> new HashSet<>())
                            .add(row.getString("reference"));
                });
        return ordered;
    }
}
