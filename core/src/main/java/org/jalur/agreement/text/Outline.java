package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Keyed;

/** An agreement clause by clause, in the order in which it is read. */
public final class Outline {
    private final List<Line> lines = new ArrayList<>();

    private Outline() {}

    /** An innermost clause and what stands in it. */
    public record Line(Clause clause, Value value) {}

    /** Every value that is there; what is absent has no line. */
    public static List<Line> of(Agreement agreement) {
        var outline = new Outline();
        outline.record(agreement, Clause.ROOT);
        return List.copyOf(outline.lines);
    }

    private void record(Object record, Clause clause) {
        for (RecordComponent component : Records.components(record.getClass())) {
            value(Records.value(component, record), clause.member(component.getName()));
        }
    }

    private void value(Object value, Clause clause) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(present -> value(present, clause));
            case List<?> elements ->
                    elements.forEach(
                            element -> record(element, clause.element(((Keyed) element).key())));
            case Record record
                    when !Spelling.areFor(record.getClass())
                            && !Records.components(record.getClass()).isEmpty() ->
                    record(record, clause);
            default -> lines.add(new Line(clause, Value.of(value, clause)));
        }
    }
}
