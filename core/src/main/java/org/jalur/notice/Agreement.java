package org.jalur.notice;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two parties agreed: who may ask for what, on which ground, and how fast it is decided.
 *
 * @param title shown to people
 * @param authority party id
 * @param platform party id
 * @param from the first day in force
 * @param categories by code: the legal bases on which a notice of that category may stand
 * @param kinds which kinds may be filed
 * @param deadlines by urgency: from the receipt to the decision, wall-clock time
 * @param organisations that may file
 * @param languages ISO 639-1 codes
 */
public record Agreement(
        String title,
        String authority,
        String platform,
        LocalDate from,
        Map<String, Category> categories,
        Set<NoticeKind> kinds,
        Map<Urgency, Duration> deadlines,
        Set<String> organisations,
        Set<String> languages) {
    public Agreement {
        categories = Map.copyOf(categories);
        kinds = Set.copyOf(kinds);
        deadlines = Map.copyOf(deadlines);
        organisations = Set.copyOf(organisations);
        languages = Set.copyOf(languages);
        for (Urgency urgency : Urgency.values()) {
            if (!deadlines.containsKey(urgency)) {
                throw new InvalidNoticeException("deadlines", Rule.EVERY_URGENCY, urgency);
            }
        }
    }

    /**
     * @param bases legal instruments on which a notice may stand
     */
    public record Category(String name, Set<String> bases) {
        public Category {
            bases = Set.copyOf(bases);
        }
    }

    /**
     * A rule of the agreement that a notice breaks.
     *
     * @param clause its name in the agreement
     * @param sentence the value, the rule and the way out
     * @param value what the notice says
     * @param agreed what it may say
     */
    public record Breach(String clause, String sentence, String value, List<String> agreed) {
        public Breach {
            agreed = List.copyOf(agreed);
        }
    }

    /** Empty if the notice is one that may be filed under this agreement. */
    public Optional<Breach> breach(NoticeFacts notice) {
        if (!kinds.contains(notice.kind())) {
            return breach("kinds", "kind %s is not agreed; agreed are %s", notice.kind(), kinds);
        }
        @Nullable Category category = categories.get(notice.category());
        if (category == null) {
            return breachOfCategory(notice.category());
        }
        String instrument = notice.legalBasis().instrument();
        if (!category.bases().contains(instrument)) {
            return breach(
                    "categories." + notice.category() + ".bases",
                    "\"%s\" is no agreed legal basis; agreed are %s",
                    instrument,
                    category.bases());
        }
        if (!organisations.contains(notice.organisation())) {
            return breach(
                    "organisations",
                    "\"%s\" may not file; entitled are %s",
                    notice.organisation(),
                    organisations);
        }
        if (!languages.contains(notice.language())) {
            return breach(
                    "languages",
                    "language \"%s\" is not agreed; agreed are %s",
                    notice.language(),
                    languages);
        }
        return Optional.empty();
    }

    /** Empty if the category is one that this agreement names. */
    public Optional<Breach> breachOfCategory(String category) {
        return categories.containsKey(category)
                ? Optional.empty()
                : breach(
                        "categories",
                        "category \"%s\" is not in scope; agreed are %s",
                        category,
                        categories.keySet());
    }

    public Duration deadline(Urgency urgency) {
        return Optional.ofNullable(deadlines.get(urgency)).orElseThrow();
    }

    private static Optional<Breach> breach(
            String clause, String sentence, Object value, Set<?> agreed) {
        List<String> names = agreed.stream().map(String::valueOf).sorted().toList();
        return Optional.of(
                new Breach(clause, sentence.formatted(value, names), String.valueOf(value), names));
    }
}
