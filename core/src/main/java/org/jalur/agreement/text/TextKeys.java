package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.agreement.Agreement;

/** Every text that pages need to show agreements and what changed in them, in each language. */
public final class TextKeys {
    private final NavigableSet<String> keys =
            new TreeSet<>(
                    Set.of(
                            "agreement.change.added",
                            "agreement.change.removed",
                            "agreement.change.changed",
                            "agreement.change.moved"));

    private TextKeys() {}

    /** In alphabetical order. */
    public static NavigableSet<String> all() {
        var texts = new TextKeys();
        texts.record(Agreement.class, Clause.ROOT);
        return texts.keys;
    }

    private void record(Class<?> type, Clause clause) {
        for (RecordComponent component : Records.components(type)) {
            Clause inner = clause.member(component.getName());
            keys.add(inner.textKey());
            value(component.getGenericType(), inner);
        }
    }

    private void value(Type type, Clause clause) {
        Class<?> raw = Records.raw(type);
        if (raw == Optional.class || raw == List.class || raw == Set.class) {
            value(Records.element(type), clause);
        } else if (raw == boolean.class) {
            keys.addAll(List.of("agreement.value.yes", "agreement.value.no"));
        } else if (raw.isEnum()) {
            for (Object constant : raw.getEnumConstants()) {
                keys.add(Value.choice(raw, Records.name((Enum<?>) constant)).textKey());
            }
        } else if (raw.isSealed() && !Spelling.areFor(raw)) {
            for (Class<?> choice : raw.getPermittedSubclasses()) {
                keys.add(Value.choice(raw, Records.name(choice)).textKey());
                record(choice, clause);
            }
        } else if (raw.isRecord() && !Spelling.areFor(raw)) {
            record(raw, clause);
        }
    }
}
