package org.jalur.agreement.template;

import java.util.Comparator;
import java.util.List;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.text.Clause;

/**
 * A first version to propose, and where each of its values comes from. A template is no legal
 * advice: what is not marked as seen was not checked against its source.
 */
public record Template(Agreement agreement, List<Mark> marks) {
    public Template {
        marks = List.copyOf(marks);
    }

    /** The mark that is nearest to a clause. */
    public Mark mark(Clause clause) {
        return marks.stream()
                .filter(mark -> mark.covers(clause.toString()))
                .max(Comparator.comparingInt(mark -> mark.clause().length()))
                .orElseThrow(() -> new IllegalArgumentException("no mark on " + clause));
    }
}
