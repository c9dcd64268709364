package org.jalur.agreement.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/** The values that are written as one string, each with exactly one spelling. */
final class Spelling {
    private static final Map<Class<?>, Function<String, Object>> READERS =
            Map.of(
                    String.class, text -> text,
                    Duration.class, Duration::parse,
                    Period.class, Period::parse,
                    LocalDate.class, LocalDate::parse,
                    LocalTime.class, LocalTime::parse,
                    ZoneId.class, ZoneId::of,
                    Hash.class, Hash::parseHex,
                    PartyId.class, PartyId::new);

    private Spelling() {}

    static boolean areFor(Class<?> type) {
        return READERS.containsKey(type);
    }

    static String write(Object value) {
        return value.toString();
    }

    /** Empty if the text is no such value, or not in its one spelling. */
    static Optional<Object> read(Class<?> type, String text) {
        try {
            return Optional.ofNullable(READERS.get(type))
                    .map(reader -> reader.apply(text))
                    .filter(value -> write(value).equals(text));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
