package org.jalur.agreement;

import java.util.List;

/**
 * A value that an agreement cannot have: names the clause, the rule with the value that broke it,
 * and the way out; in English for programs, by its rule for pages in other languages.
 */
public final class InvalidTermException extends RuntimeException {
    private final String clause;
    private final TermRule rule;
    private final transient List<Object> values;

    /**
     * @param values in the order in which the rule names them
     */
    public InvalidTermException(String clause, TermRule rule, Object... values) {
        super(rule.say(clause, values));
        this.clause = clause;
        this.rule = rule;
        this.values = List.of(values);
    }

    /** The same, seen from the clause that holds this one. */
    public InvalidTermException within(String outer) {
        var wider = new InvalidTermException(outer + "." + clause, rule, values.toArray());
        wider.setStackTrace(getStackTrace());
        return wider;
    }

    public String clause() {
        return clause;
    }

    public TermRule rule() {
        return rule;
    }

    public List<Object> values() {
        return values;
    }
}
