package org.jalur.notice;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Countries by ISO 3166-1 alpha-2 code. */
final class Countries {
    private static final Set<String> CODES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private Countries() {}

    static void check(String field, List<String> codes) {
        for (String code : codes) {
            if (!CODES.contains(code)) {
                throw new InvalidNoticeException(field, Rule.COUNTRY, code);
            }
        }
    }
}
