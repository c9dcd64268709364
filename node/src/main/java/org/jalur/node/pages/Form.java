package org.jalur.node.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as it is shown: what was typed, and what is wrong with it.
 *
 * @param values by name of the field
 * @param errors by name of the field, in the order of the summary; whole sentences
 */
public record Form(Map<String, String> values, Map<String, String> errors) {
    public static final Form EMPTY = new Form(Map.of(), Map.of());

    public Form {
        values = Map.copyOf(values);
        errors = new LinkedHashMap<>(errors);
    }

    public static Form of(Map<String, String> values) {
        return new Form(values, Map.of());
    }

    /**
     * A choice of a field.
     *
     * @param label as people read it
     */
    public record Option(String value, String label) {}

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public String error(String name) {
        return errors.getOrDefault(name, "");
    }

    public boolean isWrong(String name) {
        return errors.containsKey(name);
    }

    public boolean isWrong() {
        return !errors.isEmpty();
    }

    public Form wrong(String name, String error) {
        var more = new LinkedHashMap<>(errors);
        more.putIfAbsent(name, error);
        return new Form(values, more);
    }

    public List<Map.Entry<String, String>> summary() {
        return List.copyOf(errors.entrySet());
    }
}
