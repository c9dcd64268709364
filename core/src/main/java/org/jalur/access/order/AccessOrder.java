package org.jalur.access.order;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.notice.NoticeFacts.LegalBasis;

/**
 * What an authority orders resolvers to do, as it was drafted. It never changes: what happens to it
 * is events.
 *
 * @param reference the authority's own
 * @param organisation that orders
 * @param names in canonical order, each once
 * @param conditions for lifting
 * @param takesEffectAt when it is wanted; the notice period may put it off
 * @param reviewAt when its need is looked at again, at the latest
 * @param endsAt when it ends by itself
 */
public record AccessOrder(
        String reference,
        String organisation,
        List<BlockedName> names,
        Ground ground,
        LegalBasis legalBasis,
        Scope scope,
        List<Condition> conditions,
        Instant takesEffectAt,
        Instant reviewAt,
        Instant endsAt) {
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_CONDITIONS = 20;

    public AccessOrder {
        Require.words("reference", reference, 100);
        Require.words("organisation", organisation, Require.NAME);
        Require.some("names", names, MOST_NAMES);
        Require.some("conditions", conditions, MOST_CONDITIONS);
        Set<DomainName> seen = new HashSet<>();
        for (BlockedName one : names) {
            if (!seen.add(one.name())) {
                throw new InvalidAccessException("names", AccessRule.TWICE, one.name());
            }
        }
        names = names.stream().sorted().toList();
        conditions = List.copyOf(conditions);
        requireAfter("reviewAt", reviewAt, takesEffectAt);
        requireAfter("endsAt", endsAt, takesEffectAt);
    }

    /** Whether it reaches names that it does not spell out. */
    public boolean hasSubdomains() {
        return names.stream().anyMatch(BlockedName::withSubdomains);
    }

    private static void requireAfter(String field, Instant time, Instant earlier) {
        if (!time.isAfter(earlier)) {
            throw new InvalidAccessException(field, AccessRule.NOT_AFTER, time, earlier);
        }
    }
}
