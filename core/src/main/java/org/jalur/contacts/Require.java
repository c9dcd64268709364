package org.jalur.contacts;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that the records of this package share; what JSON leaves out arrives as null. */
final class Require {
    static final int NAME = 200;

    private static final int MOST_PHONES = 5;
    private static final int MOST_LANGUAGES = 20;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,189}");
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:]{2,39}");
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    private Require() {}

    static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidEntryException(field, EntryRule.MISSING);
        }
        return value;
    }

    /** Whoever calls must read what is meant: no control, no turned order of writing. */
    static void words(String field, @Nullable String value, int most) {
        String text = given(field, value);
        if (text.isBlank()) {
            throw new InvalidEntryException(field, EntryRule.MISSING);
        }
        if (text.length() > most) {
            throw new InvalidEntryException(field, EntryRule.TOO_LONG, text.length(), most);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidEntryException(field, EntryRule.HIDDEN, "surrogate");
        }
        text.codePoints()
                .filter(Require::isHidden)
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidEntryException(
                            field, EntryRule.HIDDEN, "U+%04X".formatted(character));
                });
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character)
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    static void words(String field, Optional<String> value, int most) {
        given(field, value).ifPresent(text -> words(field, text, most));
    }

    /** Numbers in E.164, in the order in which they are called. */
    static List<String> phones(@Nullable List<String> numbers, int least) {
        List<String> phones = several("phones", numbers, MOST_PHONES);
        if (phones.size() < least) {
            throw new InvalidEntryException("phones", EntryRule.MISSING);
        }
        phones.forEach(number -> matches("phones", number, E164, EntryRule.PHONE));
        return phones;
    }

    static void email(Optional<String> address) {
        given("email", address).ifPresent(text -> matches("email", text, EMAIL, EntryRule.EMAIL));
    }

    static void host(@Nullable String host) {
        matches("host", given("host", host), HOST, EntryRule.HOST);
    }

    static void domain(@Nullable String name) {
        matches("domainName", given("domainName", name), DOMAIN, EntryRule.DOMAIN);
    }

    private static void matches(String field, String value, Pattern pattern, EntryRule rule) {
        if (!pattern.matcher(value).matches()) {
            throw new InvalidEntryException(field, rule, value);
        }
    }

    static void country(@Nullable String code) {
        String country = given("country", code);
        if (!COUNTRIES.contains(country)) {
            throw new InvalidEntryException("country", EntryRule.COUNTRY, country);
        }
    }

    static List<String> languages(@Nullable List<String> codes) {
        List<String> languages = several("languages", codes, MOST_LANGUAGES);
        if (languages.isEmpty()) {
            throw new InvalidEntryException("languages", EntryRule.MISSING);
        }
        for (String code : languages) {
            if (!LANGUAGES.contains(code)) {
                throw new InvalidEntryException("languages", EntryRule.LANGUAGE, code);
            }
        }
        return languages;
    }

    static <T> List<T> several(String field, @Nullable List<T> values, int most) {
        List<T> all = given(field, values);
        if (all.size() > most) {
            throw new InvalidEntryException(field, EntryRule.TOO_MANY, all.size(), most);
        }
        Set<T> seen = new HashSet<>();
        for (T value : all) {
            if (!seen.add(given(field, value))) {
                throw new InvalidEntryException(field, EntryRule.TWICE, value);
            }
        }
        return List.copyOf(all);
    }
}
