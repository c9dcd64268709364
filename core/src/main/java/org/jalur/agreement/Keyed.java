package org.jalur.agreement;

/** An element of a list that is told from the others by a name of its own. */
public interface Keyed {
    String key();
}
