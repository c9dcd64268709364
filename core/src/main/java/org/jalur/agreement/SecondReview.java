package org.jalur.agreement;

import java.util.Set;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;

/**
 * Which decisions a second reviewer confirms: those that any of these sets names.
 *
 * @param categories by code
 */
public record SecondReview(
        Set<String> categories, Set<NoticeKind> kinds, Set<ItemKind> items, Set<Outcome> outcomes) {
    public SecondReview {
        categories = Require.set("categories", categories);
        kinds = Require.set("kinds", kinds);
        items = Require.set("items", items);
        outcomes = Require.set("outcomes", outcomes);
    }

    public boolean needed(String category, NoticeKind kind, ItemKind item, Outcome outcome) {
        return categories.contains(category)
                || kinds.contains(kind)
                || items.contains(item)
                || outcomes.contains(outcome);
    }
}
