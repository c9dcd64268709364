package org.jalur.agreement;

import org.jalur.notice.NoticeFacts;

/**
 * How much may be filed; a day is one of the agreement's calendar.
 *
 * @param itemsPerNotice up to {@link NoticeFacts#MAX_ITEMS}
 */
public record Volume(int noticesPerDay, int itemsPerNotice, int itemsPerDay) {
    private static final int MOST = 10_000_000;

    public Volume {
        Require.between("noticesPerDay", noticesPerDay, 1, MOST);
        Require.between("itemsPerNotice", itemsPerNotice, 1, NoticeFacts.MAX_ITEMS);
        Require.between("itemsPerDay", itemsPerDay, itemsPerNotice, MOST);
    }

    void within(String clause, Volume total) {
        atMost(clause + ".noticesPerDay", noticesPerDay, total.noticesPerDay);
        atMost(clause + ".itemsPerNotice", itemsPerNotice, total.itemsPerNotice);
        atMost(clause + ".itemsPerDay", itemsPerDay, total.itemsPerDay);
    }

    private static void atMost(String clause, int value, int most) {
        if (value > most) {
            throw new InvalidTermException(clause, TermRule.AT_MOST, value, most);
        }
    }
}
