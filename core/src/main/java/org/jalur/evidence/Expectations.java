package org.jalur.evidence;

import java.util.Map;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.log.TrustPolicy;

/**
 * What a reader brings to an evidence file from elsewhere.
 *
 * @param pins fingerprints of identity keys that the reader knows
 * @param policy witnesses that the reader chose
 * @param contents whether findings carry what small parts say
 */
public record Expectations(
        Map<PartyId, Hash> pins, Optional<TrustPolicy> policy, boolean contents) {
    public Expectations {
        pins = Map.copyOf(pins);
    }

    /** A reader who knows nothing about the parties. */
    public static Expectations none() {
        return new Expectations(Map.of(), Optional.empty(), false);
    }
}
