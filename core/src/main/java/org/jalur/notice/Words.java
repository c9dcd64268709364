package org.jalur.notice;

/** Checks that the records of this package share. */
final class Words {
    private Words() {}

    static String required(String name, String value, int most) {
        if (value.isBlank()) {
            throw new InvalidNoticeException(name, Rule.EMPTY);
        }
        return atMost(name, value, most);
    }

    static String atMost(String name, String value, int most) {
        if (value.length() > most) {
            throw new InvalidNoticeException(name, Rule.TOO_LONG, value.length(), most);
        }
        return value;
    }
}
