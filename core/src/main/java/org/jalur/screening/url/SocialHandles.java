package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.ACCOUNT;
import static org.jalur.screening.url.Handle.Kind.POST;
import static org.jalur.screening.url.HandleReader.post;

import java.util.Optional;
import java.util.Set;

/** Addresses of X, Instagram, Threads and TikTok: a name, then what it published. */
final class SocialHandles {
    private static final Set<String> X_RESERVED =
            Set.of(
                    "about",
                    "compose",
                    "download",
                    "explore",
                    "hashtag",
                    "home",
                    "i",
                    "intent",
                    "jobs",
                    "login",
                    "logout",
                    "messages",
                    "notifications",
                    "privacy",
                    "search",
                    "settings",
                    "share",
                    "signup",
                    "tos");
    private static final Set<String> INSTAGRAM_RESERVED =
            Set.of(
                    "about",
                    "accounts",
                    "api",
                    "developer",
                    "direct",
                    "explore",
                    "graphql",
                    "legal",
                    "oauth",
                    "p",
                    "reel",
                    "reels",
                    "s",
                    "share",
                    "stories",
                    "tv",
                    "web");

    private SocialHandles() {}

    /** The number of a post is the platform's, whatever name stands before it. */
    static Optional<Handle> x(Segments path) {
        if (path.startWith("i")) {
            int at = path.at(1).equals("web") ? 2 : 1;
            return xNumber(path.from(at)).map(id -> new Handle(Platform.X, POST, id));
        }
        return xAccount(path.at(0)).map(account -> post(account, xNumber(path.from(1))));
    }

    private static Optional<String> xNumber(Segments path) {
        return path.startWith("status") || path.startWith("statuses")
                ? Names.number(path.at(1))
                : Optional.empty();
    }

    static Optional<Handle> xAccount(String name) {
        return Names.name(withoutAt(name), 1, 15, "_")
                .filter(id -> !X_RESERVED.contains(id))
                .map(id -> new Handle(Platform.X, ACCOUNT, id));
    }

    /** The code of a post names it with or without the account before it. */
    static Optional<Handle> instagram(Segments path) {
        Optional<String> code = instagramCode(path);
        if (code.isPresent()) {
            return code.map(id -> new Handle(Platform.INSTAGRAM, POST, id));
        }
        if (path.startWith("stories") && !path.at(1).equals("highlights")) {
            return instagramAccount(path.at(1))
                    .map(account -> post(account, Names.number(path.at(2))));
        }
        return instagramAccount(path.at(0))
                .map(account -> post(account, instagramCode(path.from(1))));
    }

    private static Optional<String> instagramCode(Segments path) {
        boolean post = Set.of("p", "reel", "reels", "tv").contains(path.at(0));
        return post ? Names.code(path.at(1), 5, 64) : Optional.empty();
    }

    static Optional<Handle> instagramAccount(String name) {
        return Names.name(name, 1, 30, "._")
                .filter(id -> !INSTAGRAM_RESERVED.contains(id))
                .map(id -> new Handle(Platform.INSTAGRAM, ACCOUNT, id));
    }

    static Optional<Handle> threads(Segments path) {
        Optional<String> code =
                path.at(1).equals("post") ? Names.code(path.at(2), 5, 64) : Optional.empty();
        return marked(path.at(0))
                .flatMap(SocialHandles::threadsAccount)
                .map(account -> post(account, code));
    }

    static Optional<Handle> threadsAccount(String name) {
        return Names.name(name, 1, 30, "._").map(id -> new Handle(Platform.THREADS, ACCOUNT, id));
    }

    /** Short links ("vm.tiktok.com") do not say where they lead. */
    static Optional<Handle> tiktok(Segments path) {
        boolean post = path.at(1).equals("video") || path.at(1).equals("photo");
        Optional<String> number = post ? Names.number(path.at(2)) : Optional.empty();
        return marked(path.at(0))
                .flatMap(SocialHandles::tiktokAccount)
                .map(account -> post(account, number));
    }

    static Optional<Handle> tiktokAccount(String name) {
        return Names.name(name, 2, 24, "._").map(id -> new Handle(Platform.TIKTOK, ACCOUNT, id));
    }

    private static Optional<String> marked(String name) {
        return name.startsWith("@") ? Optional.of(name.substring(1)) : Optional.empty();
    }

    private static String withoutAt(String name) {
        return name.startsWith("@") ? name.substring(1) : name;
    }
}
