package org.jalur.notice;

/** How binding a notice is. */
public enum NoticeKind {
    ORDER,
    REFERRAL,
    EMERGENCY;

    /** Which deadline counts: an emergency is urgent, also before it is confirmed. */
    public Urgency counted(Urgency said) {
        return this == EMERGENCY ? Urgency.URGENT : said;
    }
}
