package org.jalur.agreement;

/** The rules that single values of an agreement obey, each with what is said in English. */
public enum TermRule {
    EMPTY("is empty; fill it in"),
    TOO_LONG("has %s characters; shorten it to %s"),
    UNREADABLE("has the hidden or broken character %s; leave it out"),
    TOO_MANY("are %s; name at most %s"),
    NONE("are none; name at least one"),
    TWICE("names \"%s\" twice; name it once"),
    RANGE("is %s; use %s to %s"),
    NOT_WHOLE("is %s; use whole seconds"),
    PERIOD("is %s; use days, months or years up to %s"),
    PATTERN("is \"%s\"; use %s"),
    COUNTRY("is \"%s\"; use an ISO 3166-1 alpha-2 code such as \"ID\""),
    LANGUAGE("is \"%s\"; use an ISO 639-1 code such as \"id\""),
    ZONE("is \"%s\"; use a region of the time zone database such as \"Asia/Jakarta\""),
    UNKNOWN("names \"%s\", which this agreement does not have; it has %s"),
    NOT_AFTER("is %s; choose one after %s"),
    AT_MOST("is %s; choose at most %s"),
    SAME("is \"%s\" on both sides; name two parties"),
    PREVIOUS("does not fit to version %s; every version but the first names the one before it"),
    EVERY_URGENCY("lack a general rule for %s; add one without category and kind"),
    DUTY_HOURS("count duty hours, and there are none; add them or count wall-clock time"),
    OVERLAP("overlap on %s; join them"),
    CALL_BACK("was called back about %s, which is not its key %s; confirm the key it signs with"),
    FIRST_STEP("is %s before the step before it; only the first step may come before the deadline"),
    LAST_STEP("is not the last; put the possible access block at the end, after a warning"),
    CLIMBER("is climbed by the %s; this ladder is for the other side"),
    PROVEN_SILENCE("rests on silence and asks for no proof of it; say for how long it is proven"),
    APPROVAL("has no approval; a warning or an access block needs one"),
    NO_ACCESS_BLOCK("speaks of access blocks, which are not agreed; agree on their conditions"),
    NO_LADDER("needs a ladder that ends in it, and there is none; add one");

    private final String sentence;

    TermRule(String sentence) {
        this.sentence = sentence;
    }

    String say(String clause, Object... values) {
        return clause + " " + sentence.formatted(values);
    }
}
