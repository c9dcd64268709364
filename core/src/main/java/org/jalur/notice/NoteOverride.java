package org.jalur.notice;

/** Why a platform took something away although a note asked it to leave it. */
public record NoteOverride(String reason) {
    public NoteOverride {
        if (reason == null) {
            throw new InvalidNoticeException("despiteNote", Rule.MISSING);
        }
        Words.required("despiteNote", reason, 2_000);
    }
}
