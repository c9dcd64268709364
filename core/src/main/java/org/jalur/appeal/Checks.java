package org.jalur.appeal;

import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.Rule;
import org.jspecify.annotations.Nullable;

/** Checks that the records of this package share. */
final class Checks {
    private Checks() {}

    static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidNoticeException(field, Rule.MISSING);
        }
    }

    static void number(int no) {
        if (no < 1 || no > NoticeFacts.MAX_ITEMS) {
            throw new InvalidNoticeException("no", Rule.ITEM_NUMBERS, no);
        }
    }

    static void words(String field, @Nullable String text, int most) {
        present(field, text);
        if (text == null || text.isBlank()) {
            throw new InvalidNoticeException(field, Rule.EMPTY);
        }
        if (text.length() > most) {
            throw new InvalidNoticeException(field, Rule.TOO_LONG, text.length(), most);
        }
    }
}
