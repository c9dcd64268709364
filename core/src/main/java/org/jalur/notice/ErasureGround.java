package org.jalur.notice;

/** Why parts are erased. */
public enum ErasureGround {
    /** Somebody whose data it is asks for it. */
    DATA_PROTECTION,
    COURT_ORDER,
    RETENTION_ENDED,
    /** It should not have been sent. */
    MISTAKE
}
