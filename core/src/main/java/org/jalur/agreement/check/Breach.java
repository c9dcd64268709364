package org.jalur.agreement.check;

import java.util.List;

/**
 * A clause that a notice breaks.
 *
 * @param clause its name in the agreement, for example {@code categories.terrorism.bases}
 * @param rule what the clause demands
 * @param value what the notice says
 * @param agreed what it may say
 */
public record Breach(String clause, Rule rule, String value, List<String> agreed) {
    public Breach {
        agreed = List.copyOf(agreed);
    }

    /** What the agreement demands of a notice, each with what is said in English. */
    public enum Rule {
        IN_FORCE("the agreement is not in force on %s; it holds %s"),
        KIND("kind \"%s\" is not agreed; agreed are %s"),
        CATEGORY("category \"%s\" is not in scope; agreed are %s"),
        LEGAL_BASIS("\"%s\" is no agreed legal basis; agreed are %s"),
        ARTICLE("article \"%s\" is no agreed legal basis; agreed are %s"),
        ORGANISATION("\"%s\" may not file; entitled are %s"),
        ORGANISATION_KIND("\"%s\" may not file this kind; entitled are %s"),
        ORGANISATION_CATEGORY("may not file about \"%s\"; agreed are %s"),
        LANGUAGE("language \"%s\" is not agreed; agreed are %s"),
        NON_DISCLOSURE("non-disclosure until %s is too long; at most until %s"),
        NO_NON_DISCLOSURE("non-disclosure until %s is not agreed; the user is told"),
        NOTHING_TO_RENEW("the notice has no non-disclosure; the user is told"),
        NO_RENEWAL("the non-disclosure until %s is not renewed; then the user is told"),
        RENEWED("the non-disclosure was renewed before; it ends at %s, and the user is told"),
        RENEWAL_TOO_LATE("the non-disclosure ended at %s; it is renewed before it ends"),
        RENEWAL_NOT_LATER("until %s is no renewal; name an end after %s"),
        RENEWAL("a renewal until %s is too long; at most until %s"),
        INTERIM_CATEGORY("nothing is withheld undecided in category \"%s\"; agreed are %s"),
        INTERIM_URGENCY("nothing is withheld undecided at urgency \"%s\"; agreed are %s"),
        INTERIM_ITEM("the notice has no item %s; it has %s"),
        INTERIM_TWICE("item %s was withheld before; that is possible once"),
        INTERIM_DECIDED("item %s is decided; it is withheld by a decision alone"),
        INTERIM_TOO_LONG("withheld until %s is too long; at most until %s"),
        OFFICIAL_LETTER("the official letter is missing; name it and add its file"),
        PLATFORM_ID("%s lacks the platform's id; add it"),
        SCREENSHOT("%s lacks a screenshot; add a picture"),
        ITEMS_PER_NOTICE("%s items are too many for one notice; at most %s"),
        NOTICES_PER_DAY("%s notices are too many for one day; at most %s"),
        ITEMS_PER_DAY("%s items are too many for one day; at most %s");

        private final String sentence;

        Rule(String sentence) {
            this.sentence = sentence;
        }
    }

    /** The clause, the value, the rule and the way out. */
    public String sentence() {
        return clause + ": " + rule.sentence.formatted(value, String.join(", ", agreed));
    }
}
