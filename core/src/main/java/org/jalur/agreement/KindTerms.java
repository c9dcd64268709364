package org.jalur.agreement;

import java.util.Locale;
import java.util.Set;
import org.jalur.notice.NoticeKind;

/**
 * How a kind of notice may be used. That an emergency counts only after a call-back is no term: no
 * agreement can do without.
 *
 * @param organisations that may file it, by name
 * @param evidence that it must bring
 */
public record KindTerms(NoticeKind kind, Set<String> organisations, Set<Evidence> evidence)
        implements Keyed {
    public KindTerms {
        organisations = Require.some("organisations", organisations);
        evidence = Require.set("evidence", evidence);
    }

    @Override
    public String key() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What a notice can be asked to bring. */
    public enum Evidence {
        /** Number, date and file of the letter. */
        OFFICIAL_LETTER,
        /** Why the items break the law named; the reasons of the notice. */
        LEGAL_ANALYSIS,
        /** The address of each item. */
        ADDRESS,
        /** The platform's own id of each item. */
        PLATFORM_ID,
        /** A picture of each item. */
        SCREENSHOT
    }
}
