package org.jalur.notice;

/** The rules that single values of a notice or decision obey, each with what is said in English. */
public enum Rule {
    MISSING("is missing; fill it in"),
    EMPTY("is empty; fill it in"),
    NULL("is null; leave it out"),
    TOO_LONG("has %s characters; shorten it to %s"),
    TOO_MANY("are %s; name at most %s"),
    ITEM_COUNT("are %s; name 1 to %s"),
    DUPLICATE("is there twice; give each file its own name"),
    URL("is \"%s\"; give a full http or https address"),
    ITEM_NUMBERS("have \"%s\"; give each number of an item once, in order"),
    SHA_256("is \"%s\"; give the SHA-256 of the file in 64 lower-case hexadecimal digits"),
    LANGUAGE("is \"%s\"; use an ISO 639-1 code such as \"id\""),
    DATE("is \"%s\"; give a day as year-month-day"),
    COUNTRY("names \"%s\"; use ISO 3166-1 alpha-2 codes such as \"ID\""),
    CHOICE("is \"%s\"; use %s"),
    FILE_SIZE("has %s bytes; upload 1 to %s"),
    FILE_TYPE("is of no kind that is taken; upload PNG, JPEG, GIF, WebP or PDF"),
    FILE_UNKNOWN("names \"%s\"; upload a file of that name"),
    FIELDS("has %s fields; give one for each column of the header, and quote fields with commas"),
    NOT_CSV("is not CSV; quote fields with commas, quotes or line breaks"),
    NOT_UTF8("is not UTF-8; save it as \"CSV UTF-8\""),
    COLUMN_MISSING("lacks the column \"%s\"; add it"),
    COLUMN_UNKNOWN("has the unknown column \"%s\"; known are %s"),
    MANY_ERRORS("is not the last wrong one; mend these %s first"),
    GROUND("does not fit; a refusal has a ground, nothing else has"),
    WITHHOLDING("do not fit; a withholding names countries, nothing else does");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    String say(String field, Object... values) {
        return field + " " + sentence.formatted(values);
    }
}
