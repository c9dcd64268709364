package org.jalur.screening;

/** Codes of countries, ISO 3166-1 alpha-2. */
public final class CountryCode {
    private static final int LETTERS = 2;

    private CountryCode() {}

    /** Whether this is two upper-case letters; which of them are given to a country may change. */
    public static boolean isOne(String code) {
        return code.length() == LETTERS && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
}
