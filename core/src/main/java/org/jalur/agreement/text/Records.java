package org.jalur.agreement.text;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.agreement.InvalidTermException;

/**
 * The records of an agreement, seen from outside: their components are the members in JSON and the
 * clauses of a comparison, so none of them can be forgotten in either.
 */
final class Records {
    private Records() {}

    static List<RecordComponent> components(Class<?> type) {
        return Arrays.asList(type.getRecordComponents());
    }

    static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("no value of " + component, e);
        }
    }

    /**
     * @throws InvalidTermException if the record refuses them
     */
    static Object make(Class<?> type, List<Object> values) {
        Class<?>[] types =
                components(type).stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidTermException invalid) {
                throw invalid;
            }
            throw new IllegalStateException(type + " refused a value in an unknown way", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not a public record: " + type, e);
        }
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : (Class<?>) type;
    }

    /** What an Optional, a list or a set holds. */
    static Type element(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    /** The record of a sealed choice that has this name. */
    static Optional<Class<?>> choice(Class<?> sealed, String name) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .<Class<?>>map(type -> type)
                .filter(type -> name(type).equals(name))
                .findFirst();
    }

    static List<String> choices(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).map(Records::name).toList();
    }

    /** For example {@code day_end} for DayEnd. */
    static String name(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
