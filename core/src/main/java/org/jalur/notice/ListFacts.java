package org.jalur.notice;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a message says about the entries of a signature list that it shares.
 *
 * @param id of the list at its sender; several messages may add to one list
 * @param name as people read it, 1 to {@value #LONGEST_NAME} characters
 * @param category of the agreement
 * @param reason why it is shared, 1 to {@value #LONGEST_REASON} characters
 * @param entries how many it brings, those that it takes back included; 1 to {@value #MOST}
 * @param drawnUpAt when an officer drew it up
 */
public record ListFacts(
        String id, String name, String category, String reason, int entries, Instant drawnUpAt) {
    /** Most entries of one message. */
    public static final int MOST = 100_000;

    /** Most parts that the entries of one message come in. */
    public static final int MOST_PARTS = 256;

    public static final int LONGEST_NAME = 100;
    public static final int LONGEST_REASON = 4_000;

    private static final int LONGEST_CATEGORY = 100;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,60}");

    public ListFacts {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "not the id of a list: \"%s\"; use 1 to 61 lower-case letters, digits, dots and hyphens, a letter or digit first"
                            .formatted(id));
        }
        requireText("name", name, LONGEST_NAME);
        requireText("category", category, LONGEST_CATEGORY);
        requireText("reason", reason, LONGEST_REASON);
        if (entries < 1 || entries > MOST) {
            throw new IllegalArgumentException(
                    "a list of %d entries; one message brings 1 to %d".formatted(entries, MOST));
        }
        if (drawnUpAt == null) {
            throw new IllegalArgumentException("a list says when it was drawn up");
        }
    }

    /** Whether a list may be called so. */
    public static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    private static void requireText(String what, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "the %s of a list has 1 to %d characters".formatted(what, most));
        }
    }
}
