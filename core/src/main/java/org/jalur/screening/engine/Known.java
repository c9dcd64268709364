package org.jalur.screening.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.screening.image.PdqIndex;

/**
 * All that is screened for at one moment; never changes. The last part is the one that small
 * additions go into.
 *
 * @param allows whether any list lets content pass
 * @param pdqRadius the largest distance of pictures that any list asks for
 */
record Known(List<Part> parts, Map<String, SignatureList> lists, boolean allows, int pdqRadius) {
    static final Known NOTHING = new Known(List.of(), Map.of());

    Known {
        parts = List.copyOf(parts);
        lists = Map.copyOf(lists);
    }

    Known(List<Part> parts, Map<String, SignatureList> lists) {
        this(parts, lists, allows(lists), pdqRadius(lists));
    }

    private static boolean allows(Map<String, SignatureList> lists) {
        return lists.values().stream().anyMatch(SignatureList::allow);
    }

    private static int pdqRadius(Map<String, SignatureList> lists) {
        return lists.values().stream()
                .mapToInt(SignatureList::pdqRadius)
                .max()
                .orElse(PdqIndex.MAX_RADIUS);
    }

    static Map<String, SignatureList> byId(List<SignatureList> lists) {
        return lists.stream().collect(Collectors.toMap(SignatureList::id, list -> list));
    }

    /** Where an entry is. */
    record Spot(int part, int ordinal) {}

    Optional<Spot> spot(UUID id) {
        for (int i = 0; i < parts.size(); i++) {
            int ordinal = parts.get(i).find(id);
            if (ordinal >= 0) {
                return Optional.of(new Spot(i, ordinal));
            }
        }
        return Optional.empty();
    }

    /** The same with another part in a place. */
    Known with(int place, Part part) {
        var changed = new ArrayList<>(parts);
        changed.set(place, part);
        return new Known(changed, lists);
    }

    int size() {
        return parts.stream().mapToInt(Part::live).sum();
    }
}
