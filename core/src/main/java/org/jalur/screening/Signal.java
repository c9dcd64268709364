package org.jalur.screening;

/** What two pieces of content can have in common. */
public enum Signal {
    /** The same octets. */
    FILE,
    /** The same words once spelling is set aside. */
    TEXT,
    /** The same address. */
    URL
}
