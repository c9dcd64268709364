package org.jalur.contacts;

import java.util.List;

/**
 * A value that the register cannot have: names the field, the rule with the value that broke it,
 * and the way out; in English for programs, by its rule for pages in other languages.
 */
public final class InvalidEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final EntryRule rule;
    private final transient List<Object> values;

    /**
     * @param values in the order in which the rule names them
     */
    public InvalidEntryException(String field, EntryRule rule, Object... values) {
        super(rule.say(field, values));
        this.field = field;
        this.rule = rule;
        this.values = List.of(values);
    }

    public String field() {
        return field;
    }

    public EntryRule rule() {
        return rule;
    }

    public List<Object> values() {
        return values;
    }
}
