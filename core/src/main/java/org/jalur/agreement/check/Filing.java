package org.jalur.agreement.check;

import java.time.Instant;
import java.util.List;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;

/**
 * A notice with all that an agreement has rules about.
 *
 * @param at now in the form of the one who files, and the time of the receipt for the one who
 *     receives
 * @param before what was filed earlier on that day of the agreement's calendar
 */
public record Filing(
        NoticeFacts facts, NoticeReasons reasons, List<Item> items, Instant at, Before before) {
    public Filing {
        items = List.copyOf(items);
    }

    /**
     * @param own of the organisation that files
     * @param all of all organisations together, this one included
     */
    public record Before(Count own, Count all) {
        public static final Before NOTHING = new Before(new Count(0, 0), new Count(0, 0));
    }

    public record Count(int notices, int items) {}
}
