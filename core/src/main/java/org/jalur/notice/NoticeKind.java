package org.jalur.notice;

/** How binding a notice is. */
public enum NoticeKind {
    ORDER,
    REFERRAL,
    EMERGENCY
}
