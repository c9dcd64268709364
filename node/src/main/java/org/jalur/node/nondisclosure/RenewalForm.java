package org.jalur.node.nondisclosure;

import java.time.Instant;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * A renewal as an officer asks for it.
 *
 * @param until after this the user is told
 * @param reason for the platform's reviewers; it is not public
 */
record RenewalForm(Instant until, String reason) {
    RenewalForm {
        if (until == null) {
            throw new InvalidNoticeException("until", Rule.MISSING);
        }
        if (reason == null) {
            throw new InvalidNoticeException("reason", Rule.MISSING);
        }
    }
}
