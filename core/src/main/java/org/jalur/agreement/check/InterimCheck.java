package org.jalur.agreement.check;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.InterimWithholding;
import org.jalur.agreement.check.Breach.Rule;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.Urgency;

/**
 * Compares what a platform withheld before it decided with the agreement that the notice cites, as
 * the authority that receives it does.
 */
public final class InterimCheck {
    private static final String CLAUSE = "interim";

    private InterimCheck() {}

    /**
     * The notice as it stands when the message comes.
     *
     * @param items how many it names
     * @param before numbers of items that were withheld before
     * @param decided numbers of items that are decided
     */
    public record Standing(
            String category,
            Urgency urgency,
            int items,
            Set<Integer> before,
            Set<Integer> decided) {
        public Standing {
            before = Set.copyOf(before);
            decided = Set.copyOf(decided);
        }
    }

    /**
     * The first rule that is broken; empty if the withholding is as agreed.
     *
     * @param signedAt the time of the message: nothing began later
     */
    public static Optional<Breach> of(
            Agreement agreement, Standing notice, List<InterimFacts> facts, Instant signedAt) {
        Optional<InterimWithholding> terms = agreement.interim();
        if (terms.isEmpty() || !terms.get().categories().contains(notice.category())) {
            return breach(
                    terms.isEmpty() ? CLAUSE : CLAUSE + ".categories",
                    Rule.INTERIM_CATEGORY,
                    notice.category(),
                    terms.map(one -> one.categories().stream().sorted().toList())
                            .orElse(List.of()));
        }
        if (!terms.get().urgencies().contains(notice.urgency())) {
            return breach(
                    CLAUSE + ".urgencies",
                    Rule.INTERIM_URGENCY,
                    word(notice.urgency()),
                    Arrays.stream(Urgency.values())
                            .filter(terms.get().urgencies()::contains)
                            .map(InterimCheck::word)
                            .collect(Collectors.toList()));
        }
        for (InterimFacts one : facts) {
            Optional<Breach> broken = of(terms.get(), notice, one, signedAt);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<Breach> of(
            InterimWithholding terms, Standing notice, InterimFacts one, Instant signedAt) {
        Optional<Breach> unknown = item(one.no(), notice.items());
        if (unknown.isPresent()) {
            return unknown;
        }
        if (notice.before().contains(one.no())) {
            return breach(CLAUSE, Rule.INTERIM_TWICE, one.no(), List.of());
        }
        if (notice.decided().contains(one.no())) {
            return breach(CLAUSE, Rule.INTERIM_DECIDED, one.no(), List.of());
        }
        Instant began = one.at().isAfter(signedAt) ? signedAt : one.at();
        Instant latest = began.plus(terms.longest());
        return one.until().isAfter(latest)
                ? breach(
                        CLAUSE + ".longest",
                        Rule.INTERIM_TOO_LONG,
                        one.until(),
                        List.of(latest.toString()))
                : Optional.empty();
    }

    /** Of a message that withholds or shows again: whether the notice has this item. */
    public static Optional<Breach> item(int no, int items) {
        return no < 1 || no > items
                ? breach(CLAUSE, Rule.INTERIM_ITEM, no, List.of(String.valueOf(items)))
                : Optional.empty();
    }

    private static String word(Urgency urgency) {
        return urgency.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Breach> breach(
            String clause, Rule rule, Object value, List<String> agreed) {
        return Optional.of(new Breach(clause, rule, value.toString(), agreed));
    }
}
