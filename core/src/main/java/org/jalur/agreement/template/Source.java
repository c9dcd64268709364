package org.jalur.agreement.template;

import java.util.Locale;

/** Where the values of templates come from, or what is not known about them. */
public enum Source {
    NONE,
    /** Those who use the template fill it in. */
    GIVEN,
    FIRST_VERSION,
    LIMITS_PROPOSED,
    MEETING_AND_LIFT_2017,
    SUBJECT_2017,
    DEFINITION_2017_NOT_FOUND,
    EXCLUSION_2017_NOT_KNOWN,
    BASIS_2017_NOT_FOUND,
    SAME_DAY_2017,
    WIB_2017,
    LIFT_2017,
    SAMAN,
    SAMAN_URGENT,
    SAMAN_EVIDENCE,
    SAMAN_FOUR_HOURS,
    SAMAN_DAY,
    SAMAN_ZONE,
    SAMAN_LADDER,
    UNBLOCK_2014,
    DEFINITIONS_NOT_READ,
    EXCLUSIONS_NOT_KNOWN,
    EU_REGULATION,
    EU_SUBJECT,
    EU_DEFINITION_NOT_READ,
    EU_ARTICLE_1_3,
    EU_ARTICLE_3,
    EU_ANNEX_I,
    EU_ONE_HOUR,
    EU_ARTICLE_3_7,
    EU_SIX_WEEKS,
    EU_COMPLAINT,
    DSA_SIX_MONTHS,
    EU_PRESERVED;

    /** Of the text that says it; {@link #GIVEN} says nothing more. */
    public String textKey() {
        return "agreement.source." + name().toLowerCase(Locale.ROOT);
    }
}
