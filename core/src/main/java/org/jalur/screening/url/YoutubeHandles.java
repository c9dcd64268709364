package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.ACCOUNT;
import static org.jalur.screening.url.Handle.Kind.CHANNEL;
import static org.jalur.screening.url.Handle.Kind.CUSTOM;
import static org.jalur.screening.url.Handle.Kind.POST;
import static org.jalur.screening.url.Handle.Kind.USER;
import static org.jalur.screening.url.Platform.YOUTUBE;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * YouTube's addresses. A channel can have a number, a name with "@" and two older names; which of
 * them are one channel, only YouTube knows.
 */
final class YoutubeHandles {
    private static final Set<String> VIDEO = Set.of("shorts", "live", "embed", "v");
    private static final int VIDEO_LENGTH = 11;

    private YoutubeHandles() {}

    static Optional<Handle> web(String host, Segments path) {
        if (host.equals("youtu.be")) {
            return video(path.at(0));
        }
        String first = path.at(0);
        if (first.startsWith("@")) {
            return account(first.substring(1));
        }
        if (VIDEO.contains(first)) {
            return video(path.at(1));
        }
        return switch (first) {
            case "watch" -> path.value("v").flatMap(YoutubeHandles::video);
            case "channel" -> channel(path.at(1));
            case "c" -> name(path.at(1)).map(id -> new Handle(YOUTUBE, CUSTOM, id));
            case "user" -> name(path.at(1)).map(id -> new Handle(YOUTUBE, USER, id));
            default -> Optional.empty();
        };
    }

    static Optional<Handle> account(String name) {
        return name(name).map(id -> new Handle(YOUTUBE, ACCOUNT, id));
    }

    private static Optional<Handle> channel(String id) {
        return id.startsWith("UC")
                ? Names.code(id, 24, 24).map(code -> new Handle(YOUTUBE, CHANNEL, code))
                : Optional.empty();
    }

    private static Optional<Handle> video(String id) {
        return Names.code(id, VIDEO_LENGTH, VIDEO_LENGTH)
                .map(code -> new Handle(YOUTUBE, POST, code));
    }

    /** Letters of all scripts. */
    private static Optional<String> name(String text) {
        boolean known =
                !text.isEmpty()
                        && text.length() <= 100
                        && text.codePoints()
                                .allMatch(c -> Character.isLetterOrDigit(c) || isMark(c));
        return known ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isMark(int point) {
        return "._-·".indexOf(point) >= 0
                || Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.COMBINING_SPACING_MARK;
    }
}
