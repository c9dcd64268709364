package org.jalur.notice;

import java.util.List;

/**
 * A value that a notice or decision cannot have: names the field, the rule with the value that
 * broke it, and the way out; in English for programs, by its rule for pages in other languages.
 */
public final class InvalidNoticeException extends RuntimeException {
    private final String field;
    private final Rule rule;
    private final transient List<Object> values;

    /**
     * @param values in the order in which the rule names them
     */
    public InvalidNoticeException(String field, Rule rule, Object... values) {
        super(rule.say(field, values));
        this.field = field;
        this.rule = rule;
        this.values = List.of(values);
    }

    public String field() {
        return field;
    }

    public Rule rule() {
        return rule;
    }

    public List<Object> values() {
        return values;
    }
}
