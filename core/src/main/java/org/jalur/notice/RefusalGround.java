package org.jalur.notice;

/** Why a platform leaves an item where it is. */
public enum RefusalGround {
    NOT_ILLEGAL,
    EXCLUDED_PURPOSE,
    OUT_OF_SCOPE,
    NO_LEGAL_BASIS,
    NOT_FOUND,
    NOT_PUBLIC,
    DISPROPORTIONATE,
    DUPLICATE
}
