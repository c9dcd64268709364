package org.jalur.screening.url;

import java.util.Arrays;
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

    /**
     * What an entry of a list names: as {@link #toString} writes it, capitals aside where they make
     * no difference, or in words that the others here read.
     *
     * @param home the platform on which "@name" is meant, if known
     */
    public static Optional<Handle> ofEntry(String text, Optional<Platform> home) {
        return spelled(text.strip()).or(() -> read(text, home));
    }

    private static Optional<Handle> read(String text, Optional<Platform> home) {
        return home.map(platform -> parse(text, platform)).orElseGet(() -> parse(text));
    }

    private static Optional<Handle> spelled(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || parts[2].isEmpty()) {
            return Optional.empty();
        }
        return constant(Platform.values(), parts[0])
                .flatMap(platform ->
                        constant(Kind.values(), parts[1])
                                .map(kind -> HandleReader.spelled(platform, kind, parts[2])));
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] all, String word) {
        return Arrays.stream(all).filter(one -> one.name().equalsIgnoreCase(word)).findFirst();
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
