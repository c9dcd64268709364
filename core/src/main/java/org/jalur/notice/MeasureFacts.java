package org.jalur.notice;

import java.time.Instant;
import java.util.List;

/**
 * What was done about an item, and what was seen afterwards.
 *
 * @param no of the item
 * @param action of the connector contract, for example {@code remove_post}
 * @param result {@code done}, {@code already_gone}, {@code no_op}, or {@code failed}
 * @param outcome of all routes together
 * @param told whether the affected user was told
 * @param probes one for each route and country that was asked
 */
public record MeasureFacts(
        int no,
        String action,
        String result,
        Verification outcome,
        boolean told,
        Instant measuredAt,
        List<Probe> probes) {
    public MeasureFacts {
        probes = List.copyOf(probes);
    }

    /** What the probes of all routes say together. */
    public enum Verification {
        /** Gone on every route that was asked. */
        GONE,
        /** Still visible on at least one route. */
        VISIBLE,
        /** No route shows it, but at least one could not be asked. */
        UNKNOWN
    }

    /**
     * @param route page, api, archive, media or listing
     * @param country ISO 3166-1 alpha-2, or {@code *}
     * @param state visible, gone or unknown
     */
    public record Probe(String route, String country, String state) {}

    /** Only "gone" on every route counts as gone; nothing asked is unknown. */
    public static Verification verification(List<Probe> probes) {
        if (probes.stream().anyMatch(probe -> probe.state().equals("visible"))) {
            return Verification.VISIBLE;
        }
        boolean gone =
                !probes.isEmpty()
                        && probes.stream().allMatch(probe -> probe.state().equals("gone"));
        return gone ? Verification.GONE : Verification.UNKNOWN;
    }
}
