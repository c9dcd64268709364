package org.jalur.agreement;

import java.util.List;
import java.util.Set;

/**
 * A kind of content about which notices may be filed.
 *
 * @param code as notices name it
 * @param definition what belongs to it
 * @param exclusions what does not, whatever it shows
 * @param bases the law on which such a notice may stand
 */
public record Category(
        String code,
        String name,
        String definition,
        Set<Exclusion> exclusions,
        List<LegalBasis> bases)
        implements Keyed {
    public Category {
        Require.pattern(
                "code",
                code,
                "[a-z][a-z0-9_-]{0,63}",
                "1 to 64 lower-case letters, digits, hyphens and underscores");
        Require.words("name", name, Require.NAME);
        Require.words("definition", definition, Require.TEXT);
        exclusions = Require.set("exclusions", exclusions);
        bases = Require.someNamed("bases", bases);
    }

    @Override
    public String key() {
        return code;
    }

    /** A purpose that takes content out of a category. */
    public enum Exclusion {
        EDUCATION,
        JOURNALISM,
        ART,
        RESEARCH,
        /** Counter-speech, and what warns of the content. */
        PREVENTION,
        /** Radical, polemic or controversial views in public debate. */
        PUBLIC_DEBATE
    }

    /**
     * @param instrument as notices name it, for example "Permenkominfo 5/2020"
     * @param articles on which a notice may stand; empty for any
     * @param country whose law it is, ISO 3166-1 alpha-2, or {@code EU}
     */
    public record LegalBasis(String instrument, Set<String> articles, String country)
            implements Keyed {
        public LegalBasis {
            Require.words("instrument", instrument, Require.NAME);
            articles = Require.set("articles", articles);
            articles.forEach(article -> Require.words("articles", article, 100));
            if (!country.equals("EU")) {
                Require.country("country", country);
            }
        }

        @Override
        public String key() {
            return instrument;
        }
    }
}
