package org.jalur.screening.engine;

import java.util.Optional;
import org.jalur.screening.text.Form;
import org.jalur.screening.url.Platform;
import org.jalur.screening.url.PublicSuffixes;

/**
 * How an engine compares.
 *
 * @param deepest whether phrases are searched for in the loose form too
 * @param addressesInText whether addresses and names are also looked for in the text
 * @param home the platform on which "@name" is meant, if known
 * @param suffixes names under which strangers can register names, so that none is listed
 * @param longestText the most octets or chars of a text; content with more is held
 * @param flood when an entry is throttled
 */
public record Settings(
        Form deepest,
        boolean addressesInText,
        Optional<Platform> home,
        PublicSuffixes suffixes,
        int longestText,
        FloodLimits flood) {
    private static final int MEBI = 1 << 20;

    /** Everything on, with the public suffixes that come with this code. */
    public static Settings standard() {
        return new Settings(
                Form.LOOSE,
                true,
                Optional.empty(),
                PublicSuffixes.bundled(),
                MEBI,
                FloodLimits.STANDARD);
    }

    /** The same with phrases compared this far. */
    public Settings withForm(Form form) {
        return new Settings(form, addressesInText, home, suffixes, longestText, flood);
    }

    /** The same, but addresses count only where content gives them as such. */
    public Settings withoutAddressesInText() {
        return new Settings(deepest, false, home, suffixes, longestText, flood);
    }

    /** The same with other limits for the flood brake. */
    public Settings withFlood(FloodLimits limits) {
        return new Settings(deepest, addressesInText, home, suffixes, longestText, limits);
    }
}
