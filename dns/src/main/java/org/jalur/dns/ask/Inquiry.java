package org.jalur.dns.ask;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Control;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Testimony;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;

/**
 * Asks a resolver everything about one name: the canary and the zone's serial first, then the name
 * on every way. Who answers neither over UDP nor over TCP is not asked any more.
 */
public final class Inquiry {
    private static final Way ADDRESS = new Way(Way.Asked.A, false, false);

    private final Asker asker;
    private final Pace pace;
    private final InstantSource clock;

    public Inquiry(Asker asker, Pace pace, InstantSource clock) {
        this.asker = asker;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * @param canary empty where the resolver follows no zone
     */
    public Testimony about(InetSocketAddress resolver, DomainName name, Optional<DomainName> canary)
            throws InterruptedException {
        Instant askedAt = clock.instant();
        Optional<Heard> seen = Optional.empty();
        Optional<Serial> serial = Optional.empty();
        if (canary.isPresent()) {
            pace.await();
            seen = Optional.of(asker.ask(resolver, canary.get(), ADDRESS));
            if (seen.get() instanceof Heard.Answer) {
                pace.await();
                serial = asker.serial(resolver, new DomainName("serial." + canary.get().ascii()));
            }
        }
        Map<Way, Heard> heard = new HashMap<>();
        ask(resolver, name, ADDRESS, heard);
        var tcp = new Way(Way.Asked.A, true, false);
        ask(resolver, name, tcp, heard);
        boolean silent = heard.values().stream().allMatch(Heard.Nothing.class::isInstance);
        if (!silent) {
            for (Way way : Way.ALL) {
                if (!heard.containsKey(way)) {
                    ask(resolver, name, way, heard);
                }
            }
        }
        return new Testimony(askedAt, seen, serial, heard);
    }

    private void ask(InetSocketAddress resolver, DomainName name, Way way, Map<Way, Heard> heard)
            throws InterruptedException {
        pace.await();
        heard.put(way, asker.ask(resolver, name, way));
    }

    /** What a resolver that filters nothing says of the name, and of the canary if there is one. */
    public Control control(InetSocketAddress resolver, DomainName name, Optional<DomainName> canary)
            throws InterruptedException {
        Map<Way.Asked, Heard> heard = new HashMap<>();
        for (Way.Asked asked : Way.Asked.values()) {
            pace.await();
            heard.put(asked, asker.ask(resolver, name, new Way(asked, false, false)));
        }
        if (canary.isEmpty()) {
            return new Control(heard, new Heard.Nothing());
        }
        pace.await();
        return new Control(heard, asker.ask(resolver, canary.get(), ADDRESS));
    }
}
