package org.jalur.access.measure;

import java.util.Map;
import java.util.Optional;

/**
 * What an unfiltered resolver answers at about the same time.
 *
 * @param name by type
 * @param canary the canary's address
 */
public record Control(Map<Way.Asked, Heard> name, Heard canary) {
    public Control {
        name = Map.copyOf(name);
    }

    Heard of(Way way) {
        return Optional.ofNullable(name.get(way.asked())).orElseGet(Heard.Nothing::new);
    }
}
