package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one version to another: every difference once, at the innermost clause that
 * holds it. An element of a list is the same as long as its key is.
 */
public final class Comparison {
    private final List<Change> changes = new ArrayList<>();

    private Comparison() {}

    public static List<Change> of(Agreement before, Agreement after) {
        var comparison = new Comparison();
        comparison.records(before, after, Clause.ROOT);
        return List.copyOf(comparison.changes);
    }

    private void records(Object before, Object after, Clause clause) {
        for (RecordComponent component : Records.components(before.getClass())) {
            values(
                    Records.value(component, before),
                    Records.value(component, after),
                    clause.member(component.getName()));
        }
    }

    private void values(Object before, Object after, Clause clause) {
        if (before.equals(after)) {
            return;
        }
        switch (before) {
            case Optional<?> optional -> optionals(optional, (Optional<?>) after, clause);
            case List<?> list -> lists(byKey(list), byKey((List<?>) after), clause);
            case Record record
                    when record.getClass() == after.getClass()
                            && !Spelling.areFor(record.getClass()) ->
                    records(record, after, clause);
            default ->
                    changes.add(
                            new Change.Changed(
                                    clause, Value.of(before, clause), Value.of(after, clause)));
        }
    }

    private void optionals(Optional<?> before, Optional<?> after, Clause clause) {
        if (before.isPresent() && after.isPresent()) {
            values(before.get(), after.get(), clause);
        } else if (before.isPresent()) {
            changes.add(new Change.Removed(clause, Value.of(before.get(), clause)));
        } else if (after.isPresent()) {
            changes.add(new Change.Added(clause, Value.of(after.get(), clause)));
        }
    }

    private void lists(Map<String, Object> before, Map<String, Object> after, Clause clause) {
        before.forEach((key, element) -> {
            Clause inner = clause.element(key);
            @Nullable Object now = after.get(key);
            if (now == null) {
                changes.add(new Change.Removed(inner, Value.of(element, inner)));
            } else {
                values(element, now, inner);
            }
        });
        after.forEach((key, element) -> {
            if (!before.containsKey(key)) {
                Clause inner = clause.element(key);
                changes.add(new Change.Added(inner, Value.of(element, inner)));
            }
        });
        List<String> stayed = before.keySet().stream().filter(after::containsKey).toList();
        List<String> stays = after.keySet().stream().filter(before::containsKey).toList();
        if (!stayed.equals(stays)) {
            changes.add(new Change.Moved(clause, stayed, stays));
        }
    }

    private static Map<String, Object> byKey(List<?> elements) {
        Map<String, Object> byKey = new LinkedHashMap<>();
        elements.forEach(element -> byKey.put(((Keyed) element).key(), element));
        return byKey;
    }
}
