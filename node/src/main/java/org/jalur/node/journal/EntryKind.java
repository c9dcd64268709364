package org.jalur.node.journal;

import java.util.Locale;

/** The coarse kinds of journal entries; the only thing besides a digest that an entry says. */
public enum EntryKind {
    MESSAGE_SENT,
    MESSAGE_RECEIVED,
    RECEIPT_RECEIVED,
    TENDERED,
    DECISION,
    MEASURE,
    EVIDENCE,
    KEYS,
    RECORD;

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
