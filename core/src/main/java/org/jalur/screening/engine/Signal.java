package org.jalur.screening.engine;

/** What content can have in common with an entry. */
public enum Signal {
    /** The SHA-256 digest of a file: 64 hexadecimal digits. */
    FILE_SHA256,
    /** The MD5 digest of a file: 32 hexadecimal digits. */
    FILE_MD5,
    /** A picture, by its PDQ hash: 64 hexadecimal digits. */
    PDQ,
    /** Words in a text. */
    PHRASE,
    /** A text with much in common, by the value that {@link SimilarText} gives. */
    SIMILAR_TEXT,
    /** A web address and what lies below it, as Safe Browsing compares it. */
    URL,
    /** A domain name and all names below it. */
    DOMAIN,
    /** A channel, account, group or post at a platform, whatever its address looks like. */
    HANDLE
}
