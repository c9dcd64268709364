package org.jalur.node.dialogue;

import java.util.List;
import java.util.Optional;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/** A remark, as programs send it. */
public record RemarkForm(String text, Optional<List<Upload>> files) {
    public RemarkForm {
        if (text == null) {
            throw new InvalidNoticeException("text", Rule.MISSING);
        }
    }

    public Dialogue.Saying saying() {
        return Dialogue.Saying.of(text, files.orElse(List.of()));
    }
}
