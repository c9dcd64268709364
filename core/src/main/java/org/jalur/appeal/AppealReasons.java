package org.jalur.appeal;

/**
 * Why an appeal is rejected; not public. A granted one has the reasons of the later decision.
 *
 * @param no of the item
 * @param pseudonym of the reviewer; never a name
 */
public record AppealReasons(int no, String reason, String pseudonym) {
    /** Longest reason in characters. */
    public static final int LONGEST = 5_000;

    private static final int LONGEST_PSEUDONYM = 100;

    public AppealReasons {
        Checks.number(no);
        Checks.words("reason", reason, LONGEST);
        Checks.words("pseudonym", pseudonym, LONGEST_PSEUDONYM);
    }
}
