package org.jalur.node.cases;

import java.util.List;
import java.util.Optional;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.Upload;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * A question to the authority, as programs send it.
 *
 * @param items numbers; left out for the whole notice
 */
record QuestionForm(String text, Optional<List<Integer>> items, Optional<List<Upload>> files) {
    QuestionForm {
        if (text == null) {
            throw new InvalidNoticeException("text", Rule.MISSING);
        }
    }

    Dialogue.Saying saying() {
        return new Dialogue.Saying(
                text, items.orElse(List.of()), Optional.empty(), files.orElse(List.of()));
    }
}
