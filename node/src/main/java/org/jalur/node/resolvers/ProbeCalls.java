package org.jalur.node.resolvers;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jalur.node.web.AddressRate;
import org.jalur.node.web.ProblemException;
import org.jalur.rate.CallRate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Bounds what probes may ask and report: by address before anything is read, for signatures cost
 * time, and by probe once its signature is right, wherever it calls from.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ProbeCalls {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AddressRate addresses;
    private final CallRate<UUID> probes;

    ProbeCalls(MeasureSettings settings, Clock clock) {
        addresses = new AddressRate(settings.probeCalls(), MINUTE, clock);
        probes =
                new CallRate<>(
                        CallRate.USUAL,
                        settings.probeCalls(),
                        settings.probeCalls(),
                        MINUTE,
                        clock::millis);
    }

    /**
     * @throws ProblemException 429 if it called too often
     */
    void admit(String address) {
        if (!addresses.admits(address)) {
            throw tooMany("This address", addresses.pause(address));
        }
    }

    /**
     * @param probe whose signature was right
     * @throws ProblemException 429 if it called too often
     */
    void admit(UUID probe) {
        if (!probes.admits(probe)) {
            throw tooMany("Probe " + probe, probes.pause(probe));
        }
    }

    private static ProblemException tooMany(String who, Duration pause) {
        return ProblemException.tooMany(
                "too-many-probe-calls",
                "%s called too often; call again after the seconds that Retry-After names."
                        .formatted(who),
                pause);
    }
}
