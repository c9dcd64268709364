package org.jalur.contacts;

/** The rules that single values of a register obey, each with what is said in English. */
public enum EntryRule {
    MISSING("is missing; fill it in"),
    TOO_LONG("has %s characters; shorten it to %s"),
    TOO_MANY("are %s; name at most %s"),
    HIDDEN("has the hidden character %s; type it again"),
    PHONE("is \"%s\"; give a number with its country code, such as \"+62 21 5550 100\""),
    EMAIL("is \"%s\"; give one address such as \"duty@authority.example\""),
    COUNTRY("is \"%s\"; use an ISO 3166-1 alpha-2 code such as \"ID\""),
    LANGUAGE("is \"%s\"; use ISO 639-1 codes such as \"id\""),
    HOST("is \"%s\"; give a name such as \"media.platform.example\" or an IP address"),
    DOMAIN("is \"%s\"; give a name such as \"platform.example\""),
    ZONE("is \"%s\"; use a zone of the tz database such as \"Asia/Jakarta\""),
    HOURS("is \"%s\"; write from and to, such as \"08:00-16:00\", with a comma between several"),
    HOLIDAY("is \"%s\"; write a day and its name, such as \"2026-12-25 Natal\""),
    DATE("is \"%s\"; give a day as year-month-day"),
    TIME("is \"%s\"; give hours and minutes, such as \"16:30\""),
    RANGE("is %s; choose %s to %s"),
    PAST("is %s; choose a time to come"),
    FUTURE("is %s; choose a time that is past"),
    TWICE("names %s twice; name it once"),
    SELF("is the same person; choose another"),
    UNKNOWN("is \"%s\", which is not in the register; choose one of the list");

    private final String sentence;

    EntryRule(String sentence) {
        this.sentence = sentence;
    }

    String say(String field, Object... values) {
        return field + " " + sentence.formatted(values);
    }
}
