package org.jalur.node.deconfliction;

import java.time.Instant;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoteText;
import org.jalur.notice.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A note as an officer asks for it.
 *
 * @param platform id of the party that is asked
 * @param target address, channel or file
 * @param value a full address, or the SHA-256 of a file
 * @param reason for the reviewers, without details of the investigation
 */
record NoteForm(
        String platform,
        String organisation,
        String category,
        NoteText.Target target,
        String value,
        String reason,
        Instant until) {
    NoteForm {
        require("platform", platform);
        require("organisation", organisation);
        require("category", category);
        require("until", until);
        // Its own rules, before anything is kept.
        new NoteText(target, value, reason);
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidNoticeException(field, Rule.MISSING);
        }
    }

    NoteText text() {
        return new NoteText(target, value, reason);
    }
}
