package org.jalur.node.appeals;

import java.util.Locale;
import java.util.Optional;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.appeal.AppealWords;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * What somebody files.
 *
 * @param words why the restriction should go
 * @param contact an e-mail address or number, for questions; empty for none
 * @param share whether the authority may read the words
 */
record Filing(Appellant appellant, String words, String contact, boolean share) {
    static final int LONGEST_CONTACT = 254;

    Filing {
        words = clean(words);
        contact = clean(contact);
        // The same limits as in the message, whether it goes there or not.
        new AppealWords(1, words);
        if (contact.length() > LONGEST_CONTACT) {
            throw new InvalidNoticeException(
                    "contact", Rule.TOO_LONG, contact.length(), LONGEST_CONTACT);
        }
    }

    /** No database column and no reader can do anything with it. */
    private static String clean(String text) {
        return text.replace("\0", "").replace("\r\n", "\n").strip();
    }

    static Optional<Appellant> appellant(String wire) {
        for (Appellant one : Appellant.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
