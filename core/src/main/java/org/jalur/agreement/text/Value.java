package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What stands in a clause, so that a page can say it in its reader's language. */
public sealed interface Value {
    /** As it was written: names, definitions, codes, digests. */
    record Words(String text) implements Value {}

    record Count(int number) implements Value {}

    record Time(Duration time) implements Value {}

    record Days(Period period) implements Value {}

    record Day(LocalDate date) implements Value {}

    record TimeOfDay(LocalTime time) implements Value {}

    /**
     * One of a fixed set.
     *
     * @param textKey for example {@code agreement.value.action.warning}
     */
    record Choice(String textKey) implements Value {}

    record Several(List<Value> values) implements Value {
        public Several {
            values = List.copyOf(values);
        }
    }

    /**
     * A whole element: each of its members by the key of its name.
     *
     * @param textKey of its kind, where it is one of a sealed choice
     */
    record Whole(Optional<String> textKey, List<Member> members) implements Value {
        public Whole {
            members = List.copyOf(members);
        }
    }

    record Member(String textKey, Value value) {}

    /**
     * @param clause where it stands
     */
    static Value of(Object value, Clause clause) {
        return switch (value) {
            case Integer number -> new Count(number);
            case Duration time -> new Time(time);
            case Period period -> new Days(period);
            case LocalDate date -> new Day(date);
            case LocalTime time -> new TimeOfDay(time);
            case Boolean truth -> new Choice("agreement.value." + (truth ? "yes" : "no"));
            case Enum<?> constant -> choice(constant.getDeclaringClass(), Records.name(constant));
            case Collection<?> elements ->
                    new Several(elements.stream().map(element -> of(element, clause)).toList());
            case Record record when !Spelling.areFor(record.getClass()) -> whole(record, clause);
            default -> new Words(Spelling.write(value));
        };
    }

    private static Value whole(Record record, Clause clause) {
        List<Member> members = new ArrayList<>();
        for (RecordComponent component : Records.components(record.getClass())) {
            Clause inner = clause.member(component.getName());
            Object value = Records.value(component, record);
            Optional<?> present = value instanceof Optional<?> one ? one : Optional.of(value);
            present.ifPresent(one -> members.add(new Member(inner.textKey(), of(one, inner))));
        }
        return new Whole(choiceOf(record), members);
    }

    private static Optional<String> choiceOf(Record record) {
        for (Class<?> sealed : record.getClass().getInterfaces()) {
            if (sealed.isSealed()) {
                return Optional.of(choice(sealed, Records.name(record.getClass())).textKey());
            }
        }
        return Optional.empty();
    }

    /** A constant of an enum, or a record of a sealed choice. */
    static Choice choice(Class<?> type, String name) {
        return new Choice("agreement.value.%s.%s".formatted(Records.name(type), name));
    }
}
