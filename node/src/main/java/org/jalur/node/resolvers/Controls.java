package org.jalur.node.resolvers;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Control;
import org.jalur.access.measure.Heard;
import org.jalur.dns.ask.Inquiry;

/** What the control resolver answers, kept for a moment: all resolvers are compared with it. */
class Controls {
    private static final Duration FRESH = Duration.ofSeconds(20);
    private static final int MOST = 10_000;

    private final Optional<InetSocketAddress> resolver;
    private final Inquiry inquiry;
    private final Clock clock;
    private final Map<DomainName, Kept> kept =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<DomainName, Kept> eldest) {
                    return size() > MOST;
                }
            };

    Controls(Optional<InetSocketAddress> resolver, Inquiry inquiry, Clock clock) {
        this.resolver = resolver;
        this.inquiry = inquiry;
        this.clock = clock;
    }

    private record Kept(Control control, Instant at) {}

    boolean exist() {
        return resolver.isPresent();
    }

    /** A silent control resolver is asked again next time, and makes all unclear until then. */
    Control about(DomainName name, Optional<DomainName> canary) throws InterruptedException {
        Instant now = clock.instant();
        synchronized (kept) {
            Kept earlier = kept.get(name);
            if (earlier != null && now.isBefore(earlier.at().plus(FRESH))) {
                return earlier.control();
            }
        }
        Control control = inquiry.control(resolver.orElseThrow(), name, canary);
        boolean answered =
                control.name().values().stream().noneMatch(Heard.Nothing.class::isInstance);
        synchronized (kept) {
            if (answered) {
                kept.put(name, new Kept(control, now));
            } else {
                kept.remove(name);
            }
        }
        return control;
    }
}
