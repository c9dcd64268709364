package org.jalur.node.notifications.carriers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people can choose between. */
public enum Channel {
    MAIL,
    WEBHOOK,
    TELEGRAM;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
