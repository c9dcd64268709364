package org.jalur.notice;

/** How fast a notice must be decided; a level of its own beside the kind. */
public enum Urgency {
    NORMAL,
    URGENT
}
