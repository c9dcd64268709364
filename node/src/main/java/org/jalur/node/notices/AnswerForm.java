package org.jalur.node.notices;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.dialogue.Upload;
import org.jalur.notice.Clarification;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * The authority's answer to a question.
 *
 * @param question id of the message that asked; left out where only one waits
 */
record AnswerForm(String answer, Optional<UUID> question, Optional<List<Upload>> files) {
    AnswerForm {
        if (answer == null) {
            throw new InvalidNoticeException("answer", Rule.MISSING);
        }
        // The same rules as in the short form, under the same name of the field.
        new Clarification(answer);
    }

    List<Upload> fileList() {
        return files.orElse(List.of());
    }
}
