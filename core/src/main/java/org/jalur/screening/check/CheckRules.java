package org.jalur.screening.check;

import java.util.Optional;
import org.jalur.screening.CountryCode;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.text.Form;
import org.jalur.screening.url.Platform;

/// What counts as a match.
///
/// @param deepest how far words are folded at most
/// @param pdqRadius in how many bits the hashes of two pictures may differ, 0 to {@value
///   PdqIndex#MAX_RADIUS}; an entry can only ask for less
/// @param pdqQuality of a picture, 0 to 100: below it, hashes are not compared
/// @param country where publications are seen, ISO 3166-1 alpha-2; entries for other countries do
///   not count. Empty if all entries count
/// @param home the platform on which "@name" without more is meant
public record CheckRules(
        Form deepest,
        int pdqRadius,
        int pdqQuality,
        Optional<String> country,
        Optional<Platform> home) {
    /// Below this quality a picture has too little structure to be compared (PDQ's authors).
    public static final int DEFAULT_PDQ_QUALITY = 50;

    /// Strict forms, everywhere, and for pictures what PDQ's authors say.
    public static final CheckRules STRICT =
            new CheckRules(
                    Form.STRICT,
                    PdqIndex.MAX_RADIUS,
                    DEFAULT_PDQ_QUALITY,
                    Optional.empty(),
                    Optional.empty());

    private static final int BEST_QUALITY = 100;

    public CheckRules {
        if (pdqRadius < 0 || pdqRadius > PdqIndex.MAX_RADIUS) {
            throw new IllegalArgumentException(
                    "not a distance from 0 to %d: %d".formatted(PdqIndex.MAX_RADIUS, pdqRadius));
        }
        if (pdqQuality < 0 || pdqQuality > BEST_QUALITY) {
            throw new IllegalArgumentException("not a quality from 0 to 100: " + pdqQuality);
        }
        if (country.filter(code -> !CountryCode.isOne(code)).isPresent()) {
            throw new IllegalArgumentException("not a country code: " + country.get());
        }
    }

    boolean countsHere(ListEntry entry) {
        return entry.countries().isEmpty()
                || country.isEmpty()
                || entry.countries().contains(country.get());
    }

    int pdqRadius(ListEntry entry) {
        return Math.min(pdqRadius, entry.threshold().orElse(pdqRadius));
    }

    static int tlshDistance(ListEntry entry) {
        return Math.min(Tlsh.NEAR, entry.threshold().orElse(Tlsh.NEAR));
    }
}
