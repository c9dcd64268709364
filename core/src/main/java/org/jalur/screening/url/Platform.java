package org.jalur.screening.url;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Places whose addresses of channels, accounts and posts are understood, with their hosts. */
public enum Platform {
    /** The host "name.t.me" is the channel's, too. */
    TELEGRAM("t.me", "telegram.me", "telegram.dog"),
    X("x.com", "twitter.com"),
    FACEBOOK("facebook.com", "fb.com"),
    INSTAGRAM("instagram.com", "instagr.am"),
    THREADS("threads.net", "threads.com"),
    TIKTOK("tiktok.com"),
    YOUTUBE("youtube.com", "youtu.be", "youtube-nocookie.com"),
    BLUESKY("bsky.app"),
    VK("vk.com", "vk.ru"),
    DISCORD("discord.com", "discord.gg", "discordapp.com"),
    WHATSAPP("whatsapp.com", "chat.whatsapp.com"),
    REDDIT("reddit.com"),
    /** Servers that speak ActivityPub; only those whose addresses are known to be such. */
    FEDIVERSE("mastodon.social", "mastodon.online");

    /** What may stand before a host without leading elsewhere. */
    private static final Set<String> SAME = Set.of("www", "m", "mobile", "web", "mbasic", "old");

    @SuppressWarnings("ImmutableEnumChecker") // Copied, so that nobody changes it.
    private final Set<String> hosts;

    Platform(String... hosts) {
        this.hosts = Set.copyOf(Arrays.asList(hosts));
    }

    /** The platform that a host belongs to. */
    static Optional<Platform> of(HostName host) {
        String name = plain(host);
        return Arrays.stream(values()).filter(one -> one.hosts.contains(name)).findFirst();
    }

    /** The host without "www." and the like. */
    static String plain(HostName host) {
        String name = host.ascii();
        int dot = name.indexOf('.');
        boolean same = dot >= 0 && SAME.contains(name.substring(0, dot));
        return same && name.indexOf('.', dot + 1) >= 0 ? name.substring(dot + 1) : name;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
