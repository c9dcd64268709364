package org.jalur.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The public facts of a question, an answer or a remark about a notice: they stay when its text is
 * erased.
 *
 * @param items numbers, each once and in order; empty for the whole notice
 * @param question id of the message that an answer answers
 * @param role whoever said it: a role, never a name
 */
public record TurnFacts(List<Integer> items, Optional<UUID> question, String role, Instant saidAt) {
    public TurnFacts {
        items = List.copyOf(items);
        TurnText.checkItems(items);
        Words.required("role", role, 40);
        if (saidAt == null) {
            throw new InvalidNoticeException("saidAt", Rule.MISSING);
        }
    }
}
