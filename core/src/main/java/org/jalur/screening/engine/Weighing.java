package org.jalur.screening.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jalur.screening.Mode;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.text.Form;

/** Makes a verdict of what was found. */
record Weighing(FloodBrake brake, KeyHash hash) {
    private static final Comparator<Hit> STRICTEST_FIRST =
            Comparator.comparing(Hit::allows).thenComparing(Hit::mode).reversed();

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
        if (hits.stream().anyMatch(Hit::allows)) {
            return Verdict.Action.PUBLISH;
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

    private Hit hit(Findings.Finding one, OptionalLong author) {
        SignatureList list = one.list();
        Segment segment = one.part().segment();
        Optional<Hit.Lowered> lowered = doubt(one, segment);
        // Counted even if it is lowered already: how often it hits is to be seen.
        boolean throttled = !list.allow() && brake.hit(segment.id(one.ordinal()), author);
        if (throttled && lowered.isEmpty()) {
            lowered = Optional.of(Hit.Lowered.THROTTLED);
        }
        boolean strict = list.mode().compareTo(Mode.REVIEW) > 0;
        boolean milder = lowered.isPresent() && strict;
        return new Hit(
                list,
                segment.entry(one.ordinal()),
                milder ? Mode.REVIEW : list.mode(),
                one.place(),
                one.distance(),
                one.form(),
                milder || list.allow() ? lowered : Optional.empty());
    }

    /** Why one cannot be sure that the content is what the entry means. */
    private static Optional<Hit.Lowered> doubt(Findings.Finding one, Segment segment) {
        if (one.form() == Form.LOOSE) {
            return Optional.of(Hit.Lowered.LOOSE);
        }
        return segment.signal(one.ordinal()) == Signal.SIMILAR_TEXT
                ? Optional.of(Hit.Lowered.NEAR_DUPLICATE)
                : Optional.empty();
    }
}
