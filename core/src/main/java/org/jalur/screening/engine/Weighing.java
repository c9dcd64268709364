package org.jalur.screening.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jalur.screening.Mode;
import org.jalur.screening.exact.KeyHash;

/** Makes a verdict of what was found. */
record Weighing(FloodBrake brake, KeyHash hash, boolean counts) {
    private static final Comparator<Hit> STRICTEST_FIRST =
            Comparator.comparing(Hit::allows).thenComparing(Hit::mode).reversed();

    Weighing withoutCounting() {
        return new Weighing(brake, hash, false);
    }

    Verdict verdict(Content content, Findings found, Optional<String> unanswered) {
        if (found.all().isEmpty() && unanswered.isEmpty()) {
            return Verdict.PUBLISH;
        }
        OptionalLong author = author(content);
        List<Hit> hits = new ArrayList<>(found.all().size());
        found.all().forEach(one -> hits.add(hit(one, author)));
        hits.sort(STRICTEST_FIRST);
        return new Verdict(action(hits, unanswered), hits, unanswered);
    }

    private OptionalLong author(Content content) {
        return content.author()
                .map(digest -> OptionalLong.of(hash.of(digest, 0, digest.length)))
                .orElseGet(OptionalLong::empty);
    }

    private static Verdict.Action action(List<Hit> hits, Optional<String> unanswered) {
        if (unanswered.isPresent()) {
            return Verdict.Action.HOLD;
        }
        Mode strictest =
                hits.stream()
                        .filter(hit -> !hit.list().allow())
                        .map(Hit::mode)
                        .max(Comparator.naturalOrder())
                        .orElse(Mode.SHADOW);
        return switch (strictest) {
            case SHADOW -> Verdict.Action.PUBLISH;
            case REVIEW -> Verdict.Action.REVIEW;
            case HOLD -> Verdict.Action.HOLD;
            case BLOCK -> Verdict.Action.BLOCK;
        };
    }

    private boolean throttled(UUID entry, OptionalLong author) {
        return counts ? brake.hit(entry, author) : brake.holds(entry);
    }

    private Hit hit(Findings.Finding one, OptionalLong author) {
        SignatureList list = one.list();
        Optional<Hit.Lowered> lowered = one.doubt();
        // Counted even if it is lowered already: how often it hits is to be seen.
        boolean throttled = !list.allow() && throttled(one.segment().id(one.ordinal()), author);
        if (throttled && lowered.isEmpty()) {
            lowered = Optional.of(Hit.Lowered.THROTTLED);
        }
        Mode most = lowered.isPresent() ? Mode.REVIEW : Mode.BLOCK;
        if (one.outweighed()) {
            most = Mode.SHADOW;
            lowered = Optional.of(Hit.Lowered.ALLOWED);
        }
        boolean milder = list.mode().compareTo(most) > 0;
        return new Hit(
                list,
                one.segment().entry(one.ordinal()),
                milder ? most : list.mode(),
                one.place(),
                one.distance(),
                one.form(),
                milder || list.allow() ? lowered : Optional.empty());
    }
}
