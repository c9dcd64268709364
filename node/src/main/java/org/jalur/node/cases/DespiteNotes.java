package org.jalur.node.cases;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.node.deconfliction.HeldBack;
import org.jalur.notice.NoteOverride;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Why items are taken away although an authority asks that they stay: it is allowed, for
 * emergencies, and then it is explained.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class DespiteNotes {
    private final HeldBack heldBack;

    DespiteNotes(HeldBack heldBack) {
        this.heldBack = heldBack;
    }

    /** Reasons by note, each of them one that can be sent. */
    Map<UUID, String> of(UUID id, Map<Integer, DecisionForm.Group> chosen) {
        Map<UUID, String> reasons = new TreeMap<>();
        heldBack(id, chosen)
                .forEach((no, held) -> {
                    String reason =
                            reason(chosen, no)
                                    .orElseThrow(() ->
                                            LockedCase.conflict(
                                                    "under-investigation",
                                                    "An authority asks that item %d stays until %s, for an investigation. To take it away all the same, say why in despiteNote."
                                                            .formatted(no, held.getFirst().until()),
                                                    no,
                                                    held.getFirst().until()));
                    String valid = new NoteOverride(reason).reason();
                    held.forEach(one -> reasons.put(one.note(), valid));
                });
        return reasons;
    }

    /** Whether an item would be taken away, and nobody says why. */
    boolean isMissing(UUID id, Map<Integer, DecisionForm.Group> chosen) {
        return heldBack(id, chosen).keySet().stream().anyMatch(no -> reason(chosen, no).isEmpty());
    }

    /** Before it is decided nothing is taken away against a note: a block says why at once. */
    void mustNotHold(UUID id, Collection<Integer> numbers) {
        heldBack.of(id, numbers).entrySet().stream()
                .findFirst()
                .ifPresent(held -> {
                    int no = held.getKey();
                    Instant until = held.getValue().getFirst().until();
                    throw LockedCase.conflict(
                            "interim-under-investigation",
                            "An authority asks that item %d stays until %s, for an investigation. It is not withheld before it is decided; block it, and say why in despiteNote."
                                    .formatted(no, until),
                            no,
                            until);
                });
    }

    private static Optional<String> reason(Map<Integer, DecisionForm.Group> chosen, int no) {
        return Optional.ofNullable(chosen.get(no))
                .flatMap(DecisionForm.Group::despiteNote)
                .filter(text -> !text.isBlank());
    }

    private Map<Integer, List<HeldBack.Held>> heldBack(
            UUID id, Map<Integer, DecisionForm.Group> chosen) {
        return heldBack.of(
                id,
                chosen.entrySet().stream()
                        .filter(one -> one.getValue().outcome().isRestriction())
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
