package org.jalur.access.check;

import java.util.List;

/**
 * One concern about one name.
 *
 * @param name as it was typed if it is malformed
 * @param values in the order in which the concern names them
 */
public record Finding(String name, Concern concern, List<String> values) {
    public Finding {
        values = List.copyOf(values);
    }

    public Concern.Weight weight() {
        return concern.weight();
    }

    /** In English. */
    public String sentence() {
        return concern.say(name, values.toArray());
    }
}
