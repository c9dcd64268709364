package org.jalur.agreement.text;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.Keyed;
import org.jalur.agreement.Ladder;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/** Every value that an agreement holds, and agreements that differ from it in that value alone. */
final class Mutations {
    /**
     * @param where the value is, for example {@code appeals.open}
     * @param field the same without the keys of elements, for example {@code categories.name}
     * @param agreements that differ there and nowhere else
     */
    record Mutation(String where, String field, List<Agreement> agreements) {}

    private Mutations() {}

    static List<Mutation> of(Agreement agreement) {
        List<Mutation> mutations = new ArrayList<>();
        record(agreement, "", "", whole -> (Agreement) whole, mutations);
        return mutations;
    }

    /**
     * @param rebuild makes an agreement with another record in this place
     */
    private static void record(
            Object record,
            String where,
            String field,
            Function<Object, Agreement> rebuild,
            List<Mutation> mutations) {
        List<RecordComponent> components = Records.components(record.getClass());
        List<Object> values =
                components.stream().map(component -> Records.value(component, record)).toList();
        for (int i = 0; i < components.size(); i++) {
            int index = i;
            value(
                    components.get(i).getGenericType(),
                    values.get(i),
                    join(where, components.get(i).getName()),
                    join(field, components.get(i).getName()),
                    other -> {
                        List<Object> changed = new ArrayList<>(values);
                        changed.set(index, other);
                        return rebuild.apply(Records.make(record.getClass(), changed));
                    },
                    mutations);
        }
    }

    private static void value(
            Type type,
            Object value,
            String where,
            String field,
            Function<Object, Agreement> rebuild,
            List<Mutation> mutations) {
        Class<?> raw = Records.raw(type);
        if (raw == Optional.class) {
            Optional<?> optional = (Optional<?>) value;
            if (optional.isPresent()) {
                mutations.add(
                        new Mutation(
                                where + "?",
                                field + "?",
                                valid(Stream.of(Optional.empty()), rebuild)));
                value(
                        Records.element(type),
                        optional.get(),
                        where,
                        field,
                        other -> rebuild.apply(Optional.of(other)),
                        mutations);
            } else if (!Record.class.isAssignableFrom(Records.raw(Records.element(type)))) {
                mutations.add(
                        new Mutation(
                                where + "?",
                                field + "?",
                                valid(
                                        others(Records.raw(Records.element(type)))
                                                .map(Optional::of),
                                        rebuild)));
            }
        } else if (raw == List.class) {
            list((List<?>) value, where, field, rebuild, mutations);
        } else if (raw == Set.class) {
            Set<?> set = (Set<?>) value;
            Stream<Object> fewer = set.stream().map(element -> without(set, element));
            Stream<Object> more =
                    others(Records.raw(Records.element(type)))
                            .filter(element -> !set.contains(element))
                            .map(element -> with(set, element));
            mutations.add(new Mutation(where, field, valid(Stream.concat(fewer, more), rebuild)));
        } else if (Record.class.isAssignableFrom(value.getClass()) && !Spelling.areFor(raw)) {
            record(value, where, field, rebuild, mutations);
            if (raw.isSealed()) {
                mutations.add(
                        new Mutation(
                                where + "!",
                                field + "!",
                                valid(
                                        others(raw)
                                                .filter(other ->
                                                        other.getClass() != value.getClass()),
                                        rebuild)));
            }
        } else {
            mutations.add(
                    new Mutation(
                            where,
                            field,
                            valid(
                                    Stream.concat(near(value), others(raw))
                                            .filter(other -> !other.equals(value)),
                                    rebuild)));
        }
    }

    private static void list(
            List<?> list,
            String where,
            String field,
            Function<Object, Agreement> rebuild,
            List<Mutation> mutations) {
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            String key = where + "." + ((Keyed) list.get(i)).key();
            List<Object> shorter = new ArrayList<>(list);
            shorter.remove(index);
            mutations.add(new Mutation(key + "-", field + "-", valid(Stream.of(shorter), rebuild)));
            record(
                    list.get(i),
                    key,
                    field,
                    other -> {
                        List<Object> changed = new ArrayList<>(list);
                        changed.set(index, other);
                        return rebuild.apply(changed);
                    },
                    mutations);
        }
    }

    private static String join(String outer, String inner) {
        return outer.isEmpty() ? inner : outer + "." + inner;
    }

    private static List<Agreement> valid(
            Stream<?> candidates, Function<Object, Agreement> rebuild) {
        List<Agreement> valid = new ArrayList<>();
        candidates.forEach(candidate -> {
            try {
                valid.add(rebuild.apply(candidate));
            } catch (InvalidTermException _) {
                // Not a value that may stand here; another may.
            }
        });
        return valid;
    }

    private static Stream<Object> near(Object value) {
        return switch (value) {
            case String text -> Stream.of(text + "x");
            case Integer number -> Stream.of(number + 1, number - 1);
            case Duration time -> Stream.of(time.plusMinutes(1), time.minusMinutes(1));
            case Period period -> Stream.of(period.plusDays(1), period.minusMonths(1));
            case LocalDate day -> Stream.of(day.plusDays(1));
            default -> Stream.empty();
        };
    }

    private static Stream<?> others(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants());
        }
        if (type == Allowance.class) {
            return Stream.of(
                    Allowance.within(Duration.ofHours(3)), new Allowance.DayEnd(0, LocalTime.NOON));
        }
        if (type == Ladder.Start.class) {
            return Stream.of(
                    new Ladder.Start.Received(),
                    new Ladder.Start.Acknowledged(Duration.ofHours(7)));
        }
        return switch (type.getSimpleName()) {
            case "String" ->
                    Stream.of("fr", "SG", "fraud", "Kepolisian Contoh", "a.example", "+6221555019");
            case "boolean" -> Stream.of(true, false);
            case "Duration" -> Stream.of(Duration.ofHours(5));
            case "Period" -> Stream.of(Period.ofDays(9));
            case "LocalDate" -> Stream.of(LocalDate.of(2028, 1, 2));
            case "LocalTime" -> Stream.of(LocalTime.of(9, 30));
            case "ZoneId" -> Stream.of(ZoneId.of("Europe/Berlin"));
            case "Hash" -> Stream.of(Hash.sha256(new byte[] {9}));
            case "PartyId" -> Stream.of(new PartyId("somebody-else"));
            case "int" -> Stream.of(3);
            default -> throw new AssertionError("no other value of " + type);
        };
    }

    private static Set<Object> without(Set<?> set, Object element) {
        Set<Object> fewer = new LinkedHashSet<>(set);
        fewer.remove(element);
        return fewer;
    }

    private static Set<Object> with(Set<?> set, Object element) {
        Set<Object> more = new LinkedHashSet<>(set);
        more.add(element);
        return more;
    }
}
