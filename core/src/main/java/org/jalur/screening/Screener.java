package org.jalur.screening;

import java.util.List;

/** Compares content that is about to become public with signatures. Readers never block. */
public interface Screener {
    /** Every match, each explaining itself; empty if there is none. */
    List<Match> screen(Content content);

    void add(Signature signature);

    void remove(Signature signature);
}
