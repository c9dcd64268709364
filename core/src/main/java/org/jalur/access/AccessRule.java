package org.jalur.access;

/** The rules that access blocks obey, each with what is said in English. */
public enum AccessRule {
    EMPTY("is empty; fill it in"),
    NONE("are none; name at least one"),
    TOO_MANY("are %s; name at most %s"),
    TOO_LONG("has %s characters; shorten it to %s"),
    TWICE("names \"%s\" twice; name it once"),
    RANGE("is %s; use %s to %s"),
    NOT_AFTER("is %s; choose a time after %s"),
    AT_MOST("is %s; choose %s at the latest"),

    NAME_IS_URL("is \"%s\", more than a name; give the host name alone"),
    NAME_IS_ADDRESS(
            "is the address \"%s\"; name domains only, an address is shared with strangers"),
    NAME_IS_WILDCARD("is \"%s\"; give the name without \"*.\" and say \"with subdomains\""),
    NAME_TOO_LONG("\"%s\" has %s characters; a domain name has at most %s"),
    LABEL_EMPTY("\"%s\" has an empty label; take out the surplus dot"),
    LABEL_TOO_LONG("\"%s\" has the label \"%s\" of %s characters; a label has at most %s"),
    LABEL_HYPHEN("\"%s\" has the label \"%s\"; a label neither begins nor ends with a hyphen"),
    NAME_HIDDEN("\"%s\" has the hidden character %s; type the name again"),
    NAME_CHARACTER("\"%s\" has the character \"%s\"; use letters, digits, hyphens, underscores"),
    NAME_ENCODING("\"%s\" cannot be written as an A-label; copy the name from the registry"),
    NAME_KEPT(
            "is \"%s\"; resolvers are asked for names that begin with \"jalur-probe\", take it out"),
    NAME_TOO_LONG_FOR_ZONE(
            "\"%s\" makes a record name of %s characters in its zone; shorten the zone's name: %s is the most"),

    ORGANISATION("is \"%s\"; only these may order a block: %s"),
    LADDER_NEEDED("is no ladder of unanswered notices; the agreement allows a block only after it"),
    STEP("is the step \"%s\"; the agreement's ladder ends in \"%s\""),
    UNREAD("is not ticked; read the order and what the check found, then tick it"),
    TIME("is \"%s\"; give a day and a time"),
    PLATFORM("is \"%s\"; there is a channel with %s only"),
    DIGEST("is \"%s\"; give the 64 hexadecimal digits of a SHA-256"),
    NOT_UNANSWERED(
            "names the notice %s, which was answered or is not past every step; leave it out"),
    LISTED("ask for content to be gone and name no notice that was sent; name one"),
    CONDITION_TYPE(
            "have the type \"%s\"; use agreement_in_force, representative_confirmed, content_gone, contact_answers or other"),
    TOO_SOON("is %s; the platform is told %s before: choose %s or later"),
    EARLIER("is %s, before what was recorded last at %s; record in order"),
    APPROVER("is %s, who drafted or approved already; ask somebody else"),
    SECOND("is missing; the agreement wants a second person besides %s to order a lift"),
    FORBIDDEN("name \"%s\", which cannot be blocked: %s"),
    REASON("have no reason of %s characters for this: %s"),
    NOT_READ("names the digest %s; the order as it stands has %s: read that one"),
    SUBDOMAINS("do not confirm the reach below %s; confirm it, or leave the subdomains out"),
    STATE("does not fit a block that is %s"),
    NOT_IN_FORCE("names %s, which is not in force; choose among %s"),
    CONDITION("is none of this order's: %s"),
    EVIDENCE("does not prove \"%s\"; give a signed message of the channel"),
    OBJECTION("is \"%s\", which is not open"),
    NOT_LIFTED("names %s, whose lift was not ordered"),

    SERIAL("is %s; the next version has a serial after %s (RFC 1982)"),
    GAP("begins at version %s; the journal ends at %s, begin anew there"),
    OTHER_ZONE("belongs to %s, not to %s"),
    NAME_IN_ZONE("is \"%s\"; the zone's own names cannot be blocked in it"),
    EXPORT_NAME("is \"%s\"; use an absolute path of letters, digits, dots, hyphens and slashes"),
    REGISTER("is \"%s\"; use an address of at most 100 plain characters, without a query");

    private final String sentence;

    AccessRule(String sentence) {
        this.sentence = sentence;
    }

    String say(String field, Object... values) {
        return field + " " + sentence.formatted(values);
    }
}
