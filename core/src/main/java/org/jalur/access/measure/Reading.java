package org.jalur.access.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jalur.access.measure.Verdict.Why;
import org.jalur.access.zone.Serial;

/**
 * What a testimony means: a name at a resolver at one moment.
 *
 * @param why of the answer that decided it
 * @param way that was answered so
 * @param ttl most seconds that a cache may keep what was answered
 * @param errors that the resolver gave (RFC 8914), each once
 */
public record Reading(
        NameState state, Why why, Way way, Canary canary, int ttl, List<ExtendedError> errors) {
    /** Most errors that are kept of one testimony. */
    private static final int ERRORS = 8;

    public Reading {
        errors = List.copyOf(errors);
    }

    /** One way and what its answer means. */
    private record Told(Way way, Verdict verdict) {}

    /**
     * @param newest serial that was published before anything was asked
     */
    public static Reading of(
            Testimony testimony, Control control, Comparison comparison, Serial newest) {
        Canary canary = testimony.canary(comparison, control.canary(), newest);
        List<Told> told = new ArrayList<>();
        int ttl = 0;
        Set<ExtendedError> errors = new LinkedHashSet<>();
        for (Map.Entry<Way, Heard> one : inOrder(testimony.heard())) {
            told.add(
                    new Told(
                            one.getKey(),
                            comparison.of(one.getValue(), control.of(one.getKey()), canary)));
            if (one.getValue() instanceof Heard.Answer answer) {
                ttl = Math.max(ttl, answer.ttl());
                errors.addAll(answer.errors());
            }
        }
        NameState state = NameState.of(told.stream().map(one -> one.verdict().state()).toList());
        // Partly silent is unclear, and it is the silence that makes it so.
        Told decided =
                told.stream()
                        .filter(one -> one.verdict().state() == state)
                        .findFirst()
                        .or(() ->
                                told.stream()
                                        .filter(one -> one.verdict().state() == NameState.SILENT)
                                        .findFirst())
                        .orElseThrow();
        return new Reading(
                state,
                decided.verdict().why(),
                decided.way(),
                canary,
                ttl,
                errors.stream().limit(ERRORS).toList());
    }

    /**
     * The same while the published version blocks the name. Whoever follows it answers that the
     * name is missing in any case: where it is missing for the control resolver too, that tells
     * nothing.
     */
    public Reading whileBlocked(Control control) {
        boolean missing =
                control.name().values().stream()
                        .anyMatch(heard ->
                                heard instanceof Heard.Answer answer
                                        && answer.rcode() == Rcode.NXDOMAIN);
        return state == NameState.OPEN && missing
                ? new Reading(
                        NameState.UNCLEAR, Verdict.Why.GENUINELY_MISSING, way, canary, ttl, errors)
                : this;
    }

    private static List<Map.Entry<Way, Heard>> inOrder(Map<Way, Heard> heard) {
        return heard.entrySet().stream()
                .sorted(Comparator.comparingInt(one -> Way.ALL.indexOf(one.getKey())))
                .toList();
    }
}
