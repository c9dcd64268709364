package org.jalur.notice;

import java.util.regex.Pattern;

/**
 * What a de-confliction note is about: only the two sides of the channel learn it.
 *
 * @param target what the value is
 * @param value a full http or https address, or the SHA-256 of a file in 64 hexadecimal digits
 * @param reason for the reviewers, without details of the investigation
 */
public record NoteText(Target target, String value, String reason) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** What stays where it is. */
    public enum Target {
        /** One post, picture or film. */
        ADDRESS,
        /** A channel or account, and all that is in it. */
        CHANNEL,
        /** A file, wherever it is. */
        FILE
    }

    public NoteText {
        if (target == null) {
            throw new InvalidNoticeException("target", Rule.MISSING);
        }
        if (value == null) {
            throw new InvalidNoticeException("value", Rule.MISSING);
        }
        if (reason == null) {
            throw new InvalidNoticeException("reason", Rule.MISSING);
        }
        switch (target) {
            case ADDRESS, CHANNEL -> Item.checkUrl("value", value);
            case FILE -> {
                if (!SHA_256.matcher(value).matches()) {
                    throw new InvalidNoticeException("value", Rule.SHA_256, value);
                }
            }
        }
        Words.required("reason", reason, 2_000);
    }
}
