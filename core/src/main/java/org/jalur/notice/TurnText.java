package org.jalur.notice;

import java.util.List;

/**
 * What was said about a notice, in the words of whoever said it.
 *
 * @param items as in the facts: whoever erases an item finds what was said about it
 * @param files that came with it, at most {@value #MOST_FILES}
 */
public record TurnText(List<Integer> items, String text, List<EvidenceFile> files) {
    /** Longest text in characters. */
    public static final int LONGEST = 20_000;

    /** Most files of one question, answer or remark. */
    public static final int MOST_FILES = 5;

    public TurnText {
        items = List.copyOf(items);
        files = List.copyOf(files);
        checkItems(items);
        Words.required("text", text, LONGEST);
        if (files.size() > MOST_FILES) {
            throw new InvalidNoticeException("files", Rule.TOO_MANY, files.size(), MOST_FILES);
        }
    }

    static void checkItems(List<Integer> items) {
        if (items.size() > NoticeFacts.MAX_ITEMS) {
            throw new InvalidNoticeException(
                    "items", Rule.TOO_MANY, items.size(), NoticeFacts.MAX_ITEMS);
        }
        int before = 0;
        for (int no : items) {
            if (no <= before || no > NoticeFacts.MAX_ITEMS) {
                throw new InvalidNoticeException("items", Rule.ITEM_NUMBERS, no);
            }
            before = no;
        }
    }
}
