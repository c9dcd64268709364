package org.jalur.node.cases;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Category;
import org.jalur.node.cases.DecisionForm.Group;
import org.jalur.notice.RefusalGround;

/**
 * Whether what is decided about an item holds for the same item in another notice: each is answered
 * under its own agreement.
 *
 * @param category of the notice that is decided
 * @param names by which an authority would know that notice: they are told to nobody else
 */
record Carrying(String category, List<String> names) {
    /** Shorter names are words of every text. */
    private static final int SHORTEST = 4;

    Carrying {
        names = List.copyOf(names);
    }

    /** Why a twin is left as it is. */
    enum Left {
        /** Somebody else has its case. */
        CLAIMED,
        /** A decision about it waits for a second reviewer. */
        UNCONFIRMED,
        /** Its agreement, or its notice, knows another category. */
        CATEGORY,
        /** The ground is about the first notice alone, or the other agreement does not have it. */
        GROUND,
        /** What is asked is asked of one authority. */
        QUESTION,
        /** The reason names the first notice or who filed it. */
        NAMES
    }

    /**
     * @param other agreement under which the twin is answered
     * @param otherCategory of its notice
     * @return empty if the decision holds for it too
     */
    Optional<Left> left(Group group, Agreement other, String otherCategory) {
        Optional<Left> left =
                switch (group.outcome()) {
                    case BLOCKED, WITHHELD ->
                            other.category(category).isPresent()
                                    ? Optional.empty()
                                    : Optional.of(Left.CATEGORY);
                    case REFUSED ->
                            group.ground().flatMap(ground -> left(ground, other, otherCategory));
                    case CLARIFICATION -> Optional.of(Left.QUESTION);
                    case IMPOSSIBLE -> Optional.empty();
                };
        return left.or(() -> namesAnother(group) ? Optional.of(Left.NAMES) : Optional.empty());
    }

    private Optional<Left> left(RefusalGround ground, Agreement other, String otherCategory) {
        return switch (ground) {
            case OUT_OF_SCOPE, NO_LEGAL_BASIS, DUPLICATE -> Optional.of(Left.GROUND);
            case EXCLUDED_PURPOSE ->
                    other.category(otherCategory)
                                    .map(Category::exclusions)
                                    .filter(exclusions -> !exclusions.isEmpty())
                                    .isPresent()
                            ? sameCategory(otherCategory)
                            : Optional.of(Left.GROUND);
            case NOT_ILLEGAL, DISPROPORTIONATE -> sameCategory(otherCategory);
            case NOT_FOUND, NOT_PUBLIC -> Optional.empty();
        };
    }

    private Optional<Left> sameCategory(String otherCategory) {
        return category.equals(otherCategory) ? Optional.empty() : Optional.of(Left.CATEGORY);
    }

    private boolean namesAnother(Group group) {
        String said = (group.policy() + "\n" + group.reason()).toLowerCase(Locale.ROOT);
        return names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> name.length() >= SHORTEST)
                .anyMatch(said::contains);
    }
}
