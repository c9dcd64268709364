package org.jalur.agreement.text;

import java.util.List;

/** One thing that two versions say differently. */
public sealed interface Change {
    Clause clause();

    record Added(Clause clause, Value after) implements Change {}

    record Removed(Clause clause, Value before) implements Change {}

    record Changed(Clause clause, Value before, Value after) implements Change {}

    /** The same steps in another order. */
    record Moved(Clause clause, List<String> before, List<String> after) implements Change {
        public Moved {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** Of the sentence that says it: with the clause's name, then what was and what is. */
    default String textKey() {
        return switch (this) {
            case Added _ -> "agreement.change.added";
            case Removed _ -> "agreement.change.removed";
            case Changed _ -> "agreement.change.changed";
            case Moved _ -> "agreement.change.moved";
        };
    }

    /** What that sentence needs besides the clause, in its order. */
    default List<Value> values() {
        return switch (this) {
            case Added(_, var after) -> List.of(after);
            case Removed(_, var before) -> List.of(before);
            case Changed(_, var before, var after) -> List.of(before, after);
            case Moved(_, var before, var after) -> List.of(names(before), names(after));
        };
    }

    private static Value names(List<String> keys) {
        return new Value.Several(keys.stream().<Value>map(Value.Words::new).toList());
    }
}
