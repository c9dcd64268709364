package org.jalur.node.story;

/** References by which the page finds what a replay filed. */
public final class References {
    /** Of six notices: with numbers from 1. */
    public static final String NOTICE = "STORY-MAIL-";

    /** Of the notice that lists channels. */
    public static final String LIST = "STORY-LIST";

    public static final String ORDER = "STORY-BLOCK";

    private References() {}
}
