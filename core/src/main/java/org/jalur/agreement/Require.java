package org.jalur.agreement;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the terms of this package share. */
final class Require {
    static final int NAME = 200;
    static final int TEXT = 5_000;
    static final Duration YEAR = Duration.ofDays(366);
    static final Period TEN_YEARS = Period.ofYears(10);

    private static final int MOST = 500;
    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private Require() {}

    static void zone(String clause, ZoneId zone) {
        if (!ZONES.contains(zone.getId())) {
            throw new InvalidTermException(clause, TermRule.ZONE, zone.getId());
        }
    }

    static void words(String clause, String value, int most) {
        if (value.isBlank()) {
            throw new InvalidTermException(clause, TermRule.EMPTY);
        }
        if (value.length() > most) {
            throw new InvalidTermException(clause, TermRule.TOO_LONG, value.length(), most);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new InvalidTermException(clause, TermRule.UNREADABLE, "surrogate");
        }
        value.codePoints()
                .filter(Require::isHidden)
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidTermException(
                            clause, TermRule.UNREADABLE, "U+%04X".formatted(character));
                });
    }

    /** Whoever signs must read what is signed: no control, no turned order of writing. */
    private static boolean isHidden(int character) {
        return (Character.isISOControl(character) && character != '\n')
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    static void pattern(String clause, String value, String pattern, String wanted) {
        if (!value.matches(pattern)) {
            throw new InvalidTermException(clause, TermRule.PATTERN, value, wanted);
        }
    }

    static void country(String clause, String code) {
        if (!COUNTRIES.contains(code)) {
            throw new InvalidTermException(clause, TermRule.COUNTRY, code);
        }
    }

    static void language(String clause, String code) {
        if (!LANGUAGES.contains(code)) {
            throw new InvalidTermException(clause, TermRule.LANGUAGE, code);
        }
    }

    static void between(String clause, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidTermException(clause, TermRule.RANGE, value, least, most);
        }
    }

    static void time(String clause, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidTermException(clause, TermRule.RANGE, value, least, most);
        }
        if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            throw new InvalidTermException(clause, TermRule.NOT_WHOLE, value);
        }
    }

    static void minutes(String clause, LocalTime time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
            throw new InvalidTermException(clause, TermRule.PATTERN, time, "hours and minutes");
        }
    }

    /** Days, months or years, none of them negative and at least a day in all. */
    static void period(String clause, Period value, Period most) {
        boolean negative = value.getYears() < 0 || value.getMonths() < 0 || value.getDays() < 0;
        if (negative || value.isZero() || days(value) > days(most)) {
            throw new InvalidTermException(clause, TermRule.PERIOD, value, most);
        }
    }

    /** How long a period is at most. */
    static long days(Period period) {
        return 366L * period.getYears() + 31L * period.getMonths() + period.getDays();
    }

    /** In a fixed order, so that the same set is always written as the same octets. */
    static <T extends Comparable<? super T>> Set<T> set(String clause, Collection<T> values) {
        if (values.size() > MOST) {
            throw new InvalidTermException(clause, TermRule.TOO_MANY, values.size(), MOST);
        }
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    static <T extends Comparable<? super T>> Set<T> some(String clause, Collection<T> values) {
        if (values.isEmpty()) {
            throw new InvalidTermException(clause, TermRule.NONE);
        }
        return set(clause, values);
    }

    /** By name: where their order means nothing, another order is no other agreement. */
    static <T extends Keyed> List<T> named(String clause, List<T> elements) {
        return inOrder(clause, elements).stream().sorted(Comparator.comparing(Keyed::key)).toList();
    }

    static <T extends Keyed> List<T> someNamed(String clause, List<T> elements) {
        if (elements.isEmpty()) {
            throw new InvalidTermException(clause, TermRule.NONE);
        }
        return named(clause, elements);
    }

    static <T extends Keyed> List<T> inOrder(String clause, List<T> elements) {
        if (elements.size() > MOST) {
            throw new InvalidTermException(clause, TermRule.TOO_MANY, elements.size(), MOST);
        }
        Set<String> seen = new HashSet<>();
        for (T element : elements) {
            if (!seen.add(element.key())) {
                throw new InvalidTermException(clause, TermRule.TWICE, element.key());
            }
        }
        return List.copyOf(elements);
    }

    static <T> void known(String clause, Collection<T> named, Set<T> known) {
        for (T name : named) {
            if (!known.contains(name)) {
                throw new InvalidTermException(clause, TermRule.UNKNOWN, name, known);
            }
        }
    }
}
