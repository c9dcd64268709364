package org.jalur.node.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** Telephone numbers as people write, read and call them. */
public final class Phones {
    /** As the library calls no country. */
    private static final String NO_COUNTRY = "ZZ";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private Phones() {}

    /**
     * A number to call.
     *
     * @param e164 as it is kept
     * @param text as people read it
     * @param link RFC 3966
     */
    public record Phone(String e164, String text, String link) {
        /** A number that the library does not know is shown as it came. */
        static Phone of(String e164) {
            try {
                PhoneNumber number = NUMBERS.parse(e164, null);
                return new Phone(
                        e164,
                        NUMBERS.format(number, PhoneNumberFormat.INTERNATIONAL),
                        NUMBERS.format(number, PhoneNumberFormat.RFC3966));
            } catch (NumberParseException _) {
                return new Phone(e164, e164, "tel:" + e164);
            }
        }
    }

    static List<Phone> of(List<String> numbers) {
        return numbers.stream().map(Phone::of).toList();
    }

    /** Whether there is such a number; it says its country itself. */
    public static boolean isNumber(String e164) {
        return read(e164, NO_COUNTRY).equals(Optional.of(e164));
    }

    /** The number in E.164, of a text that says its country itself; empty if there is none. */
    public static Optional<String> read(String text) {
        return read(text, NO_COUNTRY);
    }

    /**
     * A number in E.164; empty if there is no such number.
     *
     * @param country where a number without country code is meant, ISO 3166-1 alpha-2
     */
    static Optional<String> read(String text, String country) {
        try {
            PhoneNumber number = NUMBERS.parse(text, country);
            return NUMBERS.isValidNumber(number)
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }
}
