package org.jalur.screening.url;

import java.util.Locale;
import java.util.Optional;

/** The characters that platforms allow in names and numbers. */
final class Names {
    private Names() {}

    /** A name of letters, digits and some more, of a length, in lower case. */
    static Optional<String> name(String text, int least, int most, String more) {
        return of(text, least, most, more).map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** The same with its case kept. */
    static Optional<String> code(String text, int least, int most) {
        return of(text, least, most, "-_");
    }

    /** A number without leading zeros, of at most 20 digits. */
    static Optional<String> number(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean short20 = !text.isEmpty() && text.length() <= 20;
        return digits && short20 && !text.startsWith("0") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> of(String text, int least, int most, String more) {
        boolean known =
                text.length() >= least
                        && text.length() <= most
                        && text.chars().allMatch(c -> isLetterOrDigit(c) || more.indexOf(c) >= 0);
        return known ? Optional.of(text) : Optional.empty();
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
