package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.ACCOUNT;
import static org.jalur.screening.url.Handle.Kind.CHANNEL;
import static org.jalur.screening.url.Handle.Kind.GROUP;
import static org.jalur.screening.url.Handle.Kind.INVITE;
import static org.jalur.screening.url.Handle.Kind.POST;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the rules of the platform that an address belongs to; small platforms' rules are here. */
final class HandleReader {
    private static final Set<String> VK_RESERVED =
            Set.of(
                    "feed",
                    "im",
                    "groups",
                    "friends",
                    "search",
                    "login",
                    "video",
                    "music",
                    "away",
                    "settings",
                    "market",
                    "apps",
                    "share",
                    "audios",
                    "clips",
                    "about",
                    "terms");
    private static final String DID = "did:";

    private HandleReader() {}

    static Optional<Handle> read(CanonicalUrl url) {
        return Platform.of(url.host())
                .map(platform -> read(platform, url))
                .orElseGet(() -> telegramSubdomain(url));
    }

    private static Optional<Handle> telegramSubdomain(CanonicalUrl url) {
        String host = url.host().ascii();
        String name = host.endsWith(".t.me") ? host.substring(0, host.length() - 5) : "";
        return TelegramHandles.subdomain(name, Segments.of(url));
    }

    private static Optional<Handle> read(Platform platform, CanonicalUrl url) {
        Segments path = Segments.of(url);
        return switch (platform) {
            case TELEGRAM -> TelegramHandles.web(path);
            case X -> SocialHandles.x(path);
            case FACEBOOK -> FacebookHandles.web(path);
            case INSTAGRAM -> SocialHandles.instagram(path);
            case THREADS -> SocialHandles.threads(path);
            case TIKTOK -> SocialHandles.tiktok(path);
            case YOUTUBE -> YoutubeHandles.web(Platform.plain(url.host()), path);
            case BLUESKY -> bluesky(path);
            case VK -> vk(path);
            case DISCORD -> discord(Platform.plain(url.host()), path);
            case WHATSAPP -> whatsapp(Platform.plain(url.host()), path);
            case REDDIT -> reddit(path);
            case FEDIVERSE -> FediverseHandles.web(url.host(), path);
        };
    }

    /** A name written without an address, as "@name" on the platform itself. */
    static Optional<Handle> named(Platform platform, String name) {
        return switch (platform) {
            case TELEGRAM -> TelegramHandles.account(name);
            case X -> SocialHandles.xAccount(name);
            case FACEBOOK -> FacebookHandles.account(name);
            case INSTAGRAM -> SocialHandles.instagramAccount(name);
            case THREADS -> SocialHandles.threadsAccount(name);
            case TIKTOK -> SocialHandles.tiktokAccount(name);
            case YOUTUBE -> YoutubeHandles.account(name);
            case BLUESKY -> blueskyAccount(name);
            case VK -> vkAccount(name);
            case REDDIT -> redditAccount(name);
            case FEDIVERSE -> FediverseHandles.account(name);
            // People there have numbers and phones, or names without an address.
            case DISCORD, WHATSAPP -> Optional.empty();
        };
    }

    /** A handle by its id, in lower case where it makes no difference. */
    static Handle spelled(Platform platform, Handle.Kind kind, String id) {
        String known =
                switch (kind) {
                    case CHANNEL, ACCOUNT ->
                            named(platform, id)
                                    .filter(handle -> handle.kind() == kind)
                                    .map(Handle::id)
                                    .orElse(id);
                    case CUSTOM, USER, GROUP -> id.toLowerCase(Locale.ROOT);
                    case INVITE -> id;
                    case POST -> {
                        int owner = Math.max(0, id.indexOf('/'));
                        yield id.substring(0, owner).toLowerCase(Locale.ROOT) + id.substring(owner);
                    }
                };
        return new Handle(platform, kind, known);
    }

    /** A profile is a domain or a decentralised identifier (AT Protocol). */
    private static Optional<Handle> bluesky(Segments path) {
        if (!path.startWith("profile")) {
            return Optional.empty();
        }
        Optional<Handle> account = blueskyAccount(path.at(1));
        Optional<String> post =
                path.at(2).equals("post") ? Names.code(path.at(3), 1, 64) : Optional.empty();
        return account.map(of -> post(of, post));
    }

    private static Optional<Handle> blueskyAccount(String name) {
        if (name.startsWith(DID + "plc:")) {
            return Names.name(name, 32, 32, ":")
                    .map(id -> new Handle(Platform.BLUESKY, ACCOUNT, id));
        }
        return HostName.parse(name)
                .filter(host -> !host.isAddress() && host.ascii().indexOf('.') >= 0)
                .map(host -> new Handle(Platform.BLUESKY, ACCOUNT, host.ascii()));
    }

    /** "club1" and "public1" are one page; "wall-1_2" is a post of it, "wall1_2" a person's. */
    private static Optional<Handle> vk(Segments path) {
        String part = path.at(0);
        int number = part.indexOf('_');
        if (part.startsWith("wall") && number > 0) {
            boolean page = part.startsWith("wall-");
            Optional<String> owner = Names.number(part.substring(page ? 5 : 4, number));
            Optional<String> post = Names.number(part.substring(number + 1));
            return owner.flatMap(of ->
                    post.map(id ->
                            new Handle(Platform.VK, POST, (page ? "club" : "id") + of + "/" + id)));
        }
        return path.count() == 1 ? vkAccount(part) : Optional.empty();
    }

    private static Optional<Handle> vkAccount(String name) {
        for (String page : new String[] {"club", "public"}) {
            Optional<String> number =
                    name.startsWith(page)
                            ? Names.number(name.substring(page.length()))
                            : Optional.empty();
            if (number.isPresent()) {
                return number.map(id -> new Handle(Platform.VK, CHANNEL, "club" + id));
            }
        }
        return Names.name(name, 3, 32, "_.")
                .filter(id -> !VK_RESERVED.contains(id))
                .map(id -> new Handle(Platform.VK, ACCOUNT, id));
    }

    private static Optional<Handle> discord(String host, Segments path) {
        boolean invite = host.equals("discord.gg") ? path.count() == 1 : path.startWith("invite");
        String code = path.at(host.equals("discord.gg") ? 0 : 1);
        if (invite) {
            return Names.code(code, 2, 32).map(id -> new Handle(Platform.DISCORD, INVITE, id));
        }
        return path.startWith("channels")
                ? Names.number(path.at(1)).map(id -> new Handle(Platform.DISCORD, GROUP, id))
                : Optional.empty();
    }

    private static Optional<Handle> whatsapp(String host, Segments path) {
        if (host.startsWith("chat.")) {
            String code = path.startWith("invite") ? path.at(1) : path.at(0);
            return Names.code(code, 16, 32).map(id -> new Handle(Platform.WHATSAPP, INVITE, id));
        }
        return path.startWith("channel")
                ? Names.code(path.at(1), 16, 32)
                        .map(id -> new Handle(Platform.WHATSAPP, CHANNEL, id))
                : Optional.empty();
    }

    private static Optional<Handle> reddit(Segments path) {
        if (path.startWith("u") || path.startWith("user")) {
            return redditAccount(path.at(1));
        }
        Optional<Handle> group =
                Names.name(path.startWith("r") ? path.at(1) : "", 2, 24, "_")
                        .map(id -> new Handle(Platform.REDDIT, GROUP, id));
        Optional<String> post =
                path.at(2).equals("comments")
                        ? Names.name(path.at(3), 1, 16, "")
                        : Optional.empty();
        return group.map(of -> post(of, post));
    }

    private static Optional<Handle> redditAccount(String name) {
        return Names.name(name, 3, 20, "_-").map(id -> new Handle(Platform.REDDIT, ACCOUNT, id));
    }

    /** A post of a channel or account, or itself where there is no number. */
    static Handle post(Handle owner, Optional<String> number) {
        return number.map(id -> new Handle(owner.platform(), POST, owner.id() + "/" + id))
                .orElse(owner);
    }
}
