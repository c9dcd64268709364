package org.jalur.node.pages;

import java.util.UUID;

/** How many alerts of an account nobody has looked at yet; each page says so at its head. */
public interface AlertCount {
    /** No alerts are counted above this. */
    int MOST = 99;

    int unseen(UUID account);
}
