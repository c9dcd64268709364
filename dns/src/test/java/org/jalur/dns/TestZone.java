package org.jalur.dns;

import java.util.Arrays;
import java.util.List;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.PolicyZone;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneChange;
import org.jalur.access.zone.ZoneJournal;
import org.jalur.access.zone.ZoneSettings;

/** A zone that changes, with its journal. */
public final class TestZone {
    public static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    public static final DomainName CANARY = new DomainName("canary.authority.example");
    private static final DomainName MAILBOX = new DomainName("noc.authority.example");
    private static final int JOURNAL = 10_000;

    private PolicyZone zone;
    private ZoneJournal journal;

    public TestZone(DomainName origin, String... names) {
        this(ZoneSettings.of(origin, MAILBOX, CANARY), names);
    }

    public TestZone(ZoneSettings settings, String... names) {
        zone = new PolicyZone(settings, new Serial(1), table(Arrays.asList(names)));
        journal = ZoneJournal.startingAt(zone.serial(), JOURNAL);
    }

    /** Short times, for whoever waits until the zone expires. */
    public static ZoneSettings shortLived(int expire) {
        return new ZoneSettings(ORDERS, MAILBOX, CANARY, 1, 1, 1, expire);
    }

    public static BlockedName blocked(String text) {
        return text.startsWith("*.")
                ? BlockedName.withSubdomains(new DomainName(text.substring(2)))
                : BlockedName.exactly(new DomainName(text));
    }

    private static NameTable table(List<String> names) {
        return NameTable.of(names.stream().map(TestZone::blocked).toList());
    }

    /** The next version, of these names. */
    public ServedZone change(String... names) {
        return change(table(Arrays.asList(names)));
    }

    public ServedZone change(NameTable names) {
        PolicyZone next = zone.next(names);
        journal =
                ZoneChange.between(zone, next, JOURNAL)
                        .map(journal::with)
                        .orElseGet(() -> journal.restartedAt(next.serial()));
        zone = next;
        return served();
    }

    public ServedZone served() {
        return new ServedZone(zone, journal);
    }
}
