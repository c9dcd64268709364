package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.InvalidTermException;
import org.jspecify.annotations.Nullable;

/** Makes the records of an agreement from the JSON that was read, and takes nothing else. */
final class TreeReader {
    /** Says which record of a choice it is. */
    static final String TYPE = "type";

    private TreeReader() {}

    static Object read(Class<?> record, Map<String, Object> members, String where) {
        var rest = new LinkedHashMap<>(members);
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : Records.components(record)) {
            String name = component.getName();
            values.add(member(component.getGenericType(), rest.remove(name), where + "." + name));
        }
        if (!rest.isEmpty()) {
            throw new MalformedAgreementException(
                    "%s has the unknown member \"%s\""
                            .formatted(where, rest.keySet().iterator().next()));
        }
        try {
            return Records.make(record, values);
        } catch (InvalidTermException e) {
            throw where.equals(AgreementText.ROOT) ? e : e.within(where);
        }
    }

    private static Object member(Type type, @Nullable Object tree, String where) {
        if (Records.raw(type) == Optional.class) {
            return Optional.ofNullable(tree)
                    .map(present -> value(Records.element(type), present, where));
        }
        if (tree == null) {
            throw new MalformedAgreementException(where + " is missing");
        }
        return value(type, tree, where);
    }

    private static Object value(Type type, Object tree, String where) {
        Class<?> raw = Records.raw(type);
        if (raw == List.class) {
            return list(Records.element(type), tree, where);
        }
        if (raw == Set.class) {
            List<Object> elements = list(Records.element(type), tree, where);
            Set<Object> set = new LinkedHashSet<>(elements);
            if (set.size() < elements.size()) {
                throw new MalformedAgreementException(where + " names something twice");
            }
            return set;
        }
        if (raw == int.class) {
            long number = cast(Long.class, tree, where);
            if (number != (int) number) {
                throw new MalformedAgreementException("%s is %d".formatted(where, number));
            }
            return (int) number;
        }
        if (raw == boolean.class) {
            return cast(Boolean.class, tree, where);
        }
        if (raw.isEnum()) {
            return constant(raw, cast(String.class, tree, where), where);
        }
        if (Spelling.areFor(raw)) {
            String text = cast(String.class, tree, where);
            return Spelling.read(raw, text)
                    .orElseThrow(() ->
                            new MalformedAgreementException(
                                    "%s is \"%s\", which is no %s as it is written here"
                                            .formatted(where, text, raw.getSimpleName())));
        }
        Map<String, Object> members = object(tree, where);
        return raw.isSealed() ? choice(raw, members, where) : read(raw, members, where);
    }

    private static Object choice(Class<?> sealed, Map<String, Object> members, String where) {
        var rest = new LinkedHashMap<>(members);
        Object name = rest.remove(TYPE);
        Class<?> type =
                Optional.ofNullable(name)
                        .flatMap(present ->
                                Records.choice(
                                        sealed, cast(String.class, present, where + "." + TYPE)))
                        .orElseThrow(() ->
                                new MalformedAgreementException(
                                        "%s.%s is \"%s\"; use one of %s"
                                                .formatted(
                                                        where,
                                                        TYPE,
                                                        name,
                                                        Records.choices(sealed))));
        return read(type, rest, where);
    }

    private static Object constant(Class<?> choices, String name, String where) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(constant -> Records.name((Enum<?>) constant).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedAgreementException(
                                "%s is \"%s\"; use one of %s"
                                        .formatted(
                                                where,
                                                name,
                                                Arrays.stream(choices.getEnumConstants())
                                                        .map(one -> Records.name((Enum<?>) one))
                                                        .toList())));
    }

    private static List<Object> list(Type element, Object tree, String where) {
        List<Object> elements = new ArrayList<>();
        for (Object one : cast(List.class, tree, where)) {
            elements.add(value(element, one, where + "[" + elements.size() + "]"));
        }
        return elements;
    }

    @SuppressWarnings("unchecked") // StrictTree makes no other maps
    private static Map<String, Object> object(Object tree, String where) {
        return cast(Map.class, tree, where);
    }

    private static <T> T cast(Class<T> type, Object tree, String where) {
        if (!type.isInstance(tree)) {
            throw new MalformedAgreementException(where + " has the wrong type");
        }
        return type.cast(tree);
    }
}
