package org.jalur.notice;

/** What a notice can name. */
public enum ItemKind {
    POST,
    MEDIA,
    CHANNEL,
    ACCOUNT
}
