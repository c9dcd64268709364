package org.jalur.dns;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.zone.Serial;

/**
 * How far a secondary follows a zone, as far as the primary sees.
 *
 * @param has the version that it said it has, or that was sent to its end
 * @param askedAt when it last asked about the zone in any way
 * @param fetched the last transfer that was sent to its end
 * @param told what became of the newest NOTIFY at each address
 */
public record SecondaryState(
        String secondary,
        DomainName zone,
        Optional<Serial> has,
        Optional<Instant> askedAt,
        Optional<Fetched> fetched,
        List<Told> told) {
    public SecondaryState {
        told = List.copyOf(told);
    }

    /** What was sent. */
    public enum Kind {
        /** The SOA alone: there was nothing newer. */
        UP_TO_DATE,
        /** What changed since its version. */
        DIFFERENCES,
        /** The zone. */
        WHOLE
    }

    /** A transfer. */
    public record Fetched(Kind kind, Serial serial, Instant at) {}

    /**
     * @param tries how often the NOTIFY for this version was sent
     * @param acknowledgedAt when it was answered; empty while it is not
     * @param refusal what was answered instead, such as REFUSED
     */
    public record Told(
            InetSocketAddress at,
            Serial serial,
            int tries,
            Optional<Instant> acknowledgedAt,
            Optional<String> refusal) {}
}
