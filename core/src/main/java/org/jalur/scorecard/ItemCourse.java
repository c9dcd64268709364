package org.jalur.scorecard;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jalur.notice.Outcome;

/**
 * What became of one item.
 *
 * @param lastWord the newest final decision; while there is none, the newest that is not
 * @param decidedAt of the first final decision
 * @param restricted whether it ever was
 */
record ItemCourse(
        Optional<ItemFact.Decided> lastWord,
        Optional<Instant> decidedAt,
        boolean restricted,
        Optional<Instant> goneAt,
        boolean comparable,
        Optional<ItemFact.NoticedBefore> before) {

    static ItemCourse of(Collection<ItemFact> facts) {
        List<ItemFact.Decided> decided = of(facts, ItemFact.Decided.class);
        List<ItemFact.Decided> last =
                decided.stream().filter(one -> !one.outcome().isOpen()).toList();
        return new ItemCourse(
                (last.isEmpty() ? decided : last)
                        .stream().max(Comparator.comparingLong(ItemFact.Decided::seq)),
                last.stream().map(ItemFact.Decided::at).min(Comparator.naturalOrder()),
                last.stream().map(ItemFact.Decided::outcome).anyMatch(Outcome::isRestriction),
                of(facts, ItemFact.SeenGone.class).stream()
                        .map(ItemFact.SeenGone::at)
                        .min(Comparator.naturalOrder()),
                !of(facts, ItemFact.Recognisable.class).isEmpty(),
                of(facts, ItemFact.NoticedBefore.class).stream().findFirst());
    }

    private static <T extends ItemFact> List<T> of(Collection<ItemFact> facts, Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean isOverturned() {
        return restricted
                && !lastWord.map(ItemFact.Decided::outcome)
                        .filter(Outcome::isRestriction)
                        .isPresent();
    }

    /** Whether somebody was at work on it, or had been, when it was noticed again. */
    boolean isDuplicate(Instant receivedAt) {
        return comparable
                && before.filter(one -> one.withdrawnAt().map(receivedAt::isBefore).orElse(true))
                        .isPresent();
    }

    boolean wasDecidedBefore(Instant receivedAt) {
        return before.flatMap(ItemFact.NoticedBefore::decidedAt)
                .filter(at -> !at.isAfter(receivedAt))
                .isPresent();
    }
}
