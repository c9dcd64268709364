package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.ACCOUNT;
import static org.jalur.screening.url.Handle.Kind.GROUP;
import static org.jalur.screening.url.Handle.Kind.POST;
import static org.jalur.screening.url.HandleReader.post;
import static org.jalur.screening.url.Platform.FACEBOOK;

import java.util.Optional;
import java.util.Set;

/** Facebook's addresses; dots in a name make no difference there. */
final class FacebookHandles {
    private static final Set<String> RESERVED =
            Set.of(
                    "ads",
                    "business",
                    "dialog",
                    "events",
                    "friends",
                    "gaming",
                    "groups",
                    "hashtag",
                    "help",
                    "home",
                    "home.php",
                    "l.php",
                    "legal",
                    "login",
                    "login.php",
                    "marketplace",
                    "media",
                    "messages",
                    "notes",
                    "notifications",
                    "pages",
                    "people",
                    "permalink.php",
                    "photo",
                    "photo.php",
                    "photos",
                    "plugins",
                    "policies",
                    "privacy",
                    "profile.php",
                    "public",
                    "reel",
                    "reels",
                    "search",
                    "settings",
                    "share",
                    "share.php",
                    "sharer",
                    "sharer.php",
                    "stories",
                    "story.php",
                    "terms",
                    "video",
                    "video.php",
                    "videos",
                    "watch");
    private static final Set<String> POSTS = Set.of("posts", "videos", "permalink");

    private FacebookHandles() {}

    static Optional<Handle> web(Segments path) {
        return switch (path.at(0)) {
            case "profile.php" -> number(path.value("id").orElse(""));
            case "pages", "people" -> number(path.at(2));
            case "groups" -> group(path.at(1)).map(group -> post(group, published(path.from(2))));
            case "watch" -> video(path.value("v").orElse(""));
            case "reel" -> video(path.at(1));
            case "permalink.php", "story.php" ->
                    number(path.value("id").orElse(""))
                            .flatMap(account ->
                                    code(path.value("story_fbid").orElse(""))
                                            .map(id -> post(account, Optional.of(id))));
            default -> account(path.at(0)).map(account -> post(account, published(path.from(1))));
        };
    }

    /** A number stands for the account it belongs to. */
    static Optional<Handle> account(String name) {
        if (Names.number(name).isPresent()) {
            return number(name);
        }
        return Names.name(name, 5, 50, ".")
                .filter(id -> !RESERVED.contains(id) && !id.endsWith(".php"))
                .map(id -> new Handle(FACEBOOK, ACCOUNT, id.replace(".", "")))
                .filter(handle -> !handle.id().isEmpty());
    }

    private static Optional<Handle> number(String number) {
        return Names.number(number).map(id -> new Handle(FACEBOOK, ACCOUNT, id));
    }

    private static Optional<Handle> group(String name) {
        return Names.name(name, 1, 50, ".").map(id -> new Handle(FACEBOOK, GROUP, id));
    }

    private static Optional<Handle> video(String id) {
        return Names.number(id).map(number -> new Handle(FACEBOOK, POST, number));
    }

    /** Of "posts/title/123" the number counts. */
    private static Optional<String> published(Segments path) {
        if (!POSTS.contains(path.at(0))) {
            return Optional.empty();
        }
        return code(path.at(path.count() - 1));
    }

    private static Optional<String> code(String id) {
        return id.startsWith("pfbid") ? Names.code(id, 10, 128) : Names.number(id);
    }
}
