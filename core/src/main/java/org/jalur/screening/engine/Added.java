package org.jalur.screening.engine;

import java.util.List;

/**
 * What became of entries that were to be added.
 *
 * @param count how many are screened for from now on
 * @param refused the others
 */
public record Added(int count, List<Refusal> refused) {
    public Added {
        refused = List.copyOf(refused);
    }
}
