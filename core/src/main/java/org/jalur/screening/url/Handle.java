package org.jalur.screening.url;

import java.util.Locale;
import java.util.Optional;

/// A channel, an account, a group, an invitation or a post of a platform, in the one spelling that
/// all addresses of it have here.
///
/// @param id as the platform writes it, in lower case where it makes no difference there; of a post
///   the channel, a slash and the post's number, or the number alone if the address names no
///   channel
public record Handle(Platform platform, Kind kind, String id) {
    /** What is named. */
    public enum Kind {
        /** Something public that people follow, by its name or number. */
        CHANNEL,
        /** A person's or organisation's page, by its name or number. */
        ACCOUNT,
        /** A YouTube address of the form "/c/name". */
        CUSTOM,
        /** A YouTube address of the form "/user/name". */
        USER,
        /** Something that people join, by its name or number. */
        GROUP,
        /** A secret link by which people join; the case counts. */
        INVITE,
        /** One publication. */
        POST
    }

    /** What a web address leads to; empty where that is not known. */
    public static Optional<Handle> of(CanonicalUrl url) {
        return HandleReader.read(url);
    }

    /**
     * Reads an address, one of the app Telegram ("tg:"), or "@user@host"; empty for anything else.
     */
    public static Optional<Handle> parse(String text) {
        String bare = text.strip();
        if (bare.regionMatches(true, 0, "tg:", 0, 3)) {
            return TelegramHandles.app(bare);
        }
        if (bare.startsWith("@")) {
            return FediverseHandles.bare(bare);
        }
        return CanonicalUrl.parse(bare).flatMap(Handle::of);
    }

    /** The same, and "@name" as a name on a platform. */
    public static Optional<Handle> parse(String text, Platform home) {
        String bare = text.strip();
        if (bare.startsWith("@") && bare.indexOf('@', 1) < 0) {
            return HandleReader.named(home, bare.substring(1));
        }
        return parse(text);
    }

    /** Of a post, the channel or account it stands in, as far as the address names it. */
    public Optional<Handle> channel() {
        int slash = id.indexOf('/');
        if (kind != Kind.POST || slash < 0) {
            return Optional.empty();
        }
        String owner = id.substring(0, slash);
        return platform == Platform.TELEGRAM
                ? TelegramHandles.owner(owner)
                : HandleReader.named(platform, owner);
    }

    /** For example {@code telegram:channel:name} or {@code telegram:post:name/123}. */
    @Override
    public String toString() {
        return platform.word() + ":" + kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }
}
