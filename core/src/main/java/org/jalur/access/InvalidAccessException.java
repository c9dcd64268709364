package org.jalur.access;

import java.util.List;

/**
 * A value that an access block cannot have, or a step that it cannot take: names the field, the
 * rule with the value that broke it, and the way out; in English for programs, by its rule for
 * pages in other languages.
 */
public final class InvalidAccessException extends RuntimeException {
    private final String field;
    private final AccessRule rule;
    private final transient List<Object> values;

    /**
     * @param values in the order in which the rule names them
     */
    public InvalidAccessException(String field, AccessRule rule, Object... values) {
        super(rule.say(field, values));
        this.field = field;
        this.rule = rule;
        this.values = List.of(values);
    }

    public String field() {
        return field;
    }

    public AccessRule rule() {
        return rule;
    }

    public List<Object> values() {
        return values;
    }
}
