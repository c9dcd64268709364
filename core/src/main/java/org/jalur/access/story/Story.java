package org.jalur.access.story;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jalur.access.DomainName;

/** Names and numbers of 2016 and 2017. What the mails said is not known, and not in here. */
public final class Story {
    /** E-mails of the ministry that nobody answered. */
    public static final int MAILS = 6;

    /** Closed before the lift was ordered. */
    public static final int CHANNELS_CLOSED = 166;

    /** What providers had for the lift. */
    public static final Duration PROVIDERS_TIME = Duration.ofHours(24);

    private static final List<DomainName> BLOCKED =
            names(
                    "t.me",
                    "telegram.me",
                    "telegram.org",
                    "core.telegram.org",
                    "desktop.telegram.org",
                    "macos.telegram.org",
                    "web.telegram.org",
                    "venus.web.telegram.org",
                    "pluto.web.telegram.org",
                    "flora.web.telegram.org",
                    "flora-1.web.telegram.org");

    private static final List<DomainName> STILL_BLOCKED =
            names(
                    "t.me",
                    "venus.web.telegram.org",
                    "pluto.web.telegram.org",
                    "flora.web.telegram.org",
                    "flora-1.web.telegram.org");

    private static final List<DomainName> CONTROLS = names("my.telegram.org", "api.telegram.org");

    private Story() {}

    /** The eleven names, blocked by themselves. */
    public static List<DomainName> blocked() {
        return BLOCKED;
    }

    /** The five that the press found dead in the evening of the lift. */
    public static List<DomainName> stillBlocked() {
        return STILL_BLOCKED;
    }

    /** Names beside them that were not on the list. */
    public static List<DomainName> controls() {
        return CONTROLS;
    }

    /** What the ministry asked for on 17 July 2017. */
    public enum MinistryCondition {
        GOVERNMENT_CHANNEL,
        TRUSTED_FLAGGER,
        REPRESENTATIVE_IN_INDONESIA,
        PROCESS_IMPROVED
    }

    private static List<DomainName> names(String... names) {
        return Stream.of(names).map(DomainName::read).toList();
    }
}
