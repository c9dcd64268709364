package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.CHANNEL;
import static org.jalur.screening.url.Handle.Kind.GROUP;
import static org.jalur.screening.url.Handle.Kind.INVITE;
import static org.jalur.screening.url.Handle.Kind.POST;
import static org.jalur.screening.url.Platform.TELEGRAM;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Telegram's addresses. A public name is a channel here, be it of a channel, group, bot or person:
/// the address does not say. A private chat has a number only, written "c/123".
///
/// Source: core.telegram.org/api/links. A phone number ("t.me/+49…", "resolve?phone=") is none.
final class TelegramHandles {
    private static final Set<String> RESERVED =
            Set.of(
                    "addemoji",
                    "addlist",
                    "addstickers",
                    "addtheme",
                    "auction",
                    "boost",
                    "confirmphone",
                    "contact",
                    "giftcode",
                    "invoice",
                    "joinchat",
                    "login",
                    "nft",
                    "proxy",
                    "setlanguage",
                    "share",
                    "socks",
                    "stickers",
                    "telegrampassport",
                    "tgme",
                    "url");
    private static final String PRIVATE = "c/";

    private TelegramHandles() {}

    static Optional<Handle> web(Segments path) {
        if (path.startWith("s")) {
            return named(path.at(1), path.from(2));
        }
        if (path.startWith("c")) {
            Optional<String> chat = Names.number(path.at(1)).map(PRIVATE::concat);
            return chat.map(id -> at(id, GROUP, path.from(2)));
        }
        if (path.startWith("joinchat")) {
            return path.count() == 2 ? invite(path.at(1)) : Optional.empty();
        }
        if (path.at(0).startsWith("+") && path.count() == 1) {
            return invite(path.at(0).substring(1));
        }
        return named(path.at(0), path.from(1));
    }

    /** The host "name.t.me". */
    static Optional<Handle> subdomain(String name, Segments path) {
        return named(name, path);
    }

    private static Optional<Handle> named(String name, Segments rest) {
        return name(name).map(channel -> at(channel, CHANNEL, rest));
    }

    static Optional<Handle> account(String name) {
        return name(name).map(channel -> new Handle(TELEGRAM, CHANNEL, channel));
    }

    /** What stands before the number in a post's id. */
    static Optional<Handle> owner(String owner) {
        return Names.number(owner).isPresent()
                ? Optional.of(new Handle(TELEGRAM, GROUP, PRIVATE + owner))
                : account(owner);
    }

    private static Optional<String> name(String text) {
        return Names.name(text, 4, 32, "_")
                .filter(name -> Character.isLetter(name.charAt(0)))
                .filter(name -> !RESERVED.contains(name));
    }

    /** A post if a number follows; where a topic comes first, the last number is the post's. */
    private static Handle at(String channel, Handle.Kind kind, Segments rest) {
        int numbers = 0;
        while (numbers < 2 && Names.number(rest.at(numbers)).isPresent()) {
            numbers++;
        }
        return numbers == 0
                ? new Handle(TELEGRAM, kind, channel)
                : post(channel, rest.at(numbers - 1));
    }

    private static Handle post(String channel, String number) {
        String owner = channel.startsWith(PRIVATE) ? channel.substring(2) : channel;
        return new Handle(TELEGRAM, POST, owner + "/" + number);
    }

    private static Optional<Handle> invite(String hash) {
        // Digits alone are a phone number, and that is nothing to keep.
        return Names.code(hash, 8, 64)
                .filter(code -> !code.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(code -> new Handle(TELEGRAM, INVITE, code));
    }

    /** An address that the app opens: "tg://resolve?domain=name", also without the slashes. */
    static Optional<Handle> app(String address) {
        int from = "tg:".length();
        while (from < address.length() && address.charAt(from) == '/') {
            from++;
        }
        int question = address.indexOf('?', from);
        if (question < 0) {
            return Optional.empty();
        }
        int fragment = address.indexOf('#', question);
        int to = fragment < 0 ? address.length() : fragment;
        Segments query = Segments.of("", address.substring(question + 1, to));
        String command = address.substring(from, question).toLowerCase(Locale.ROOT);
        return switch (command) {
            case "resolve", "resolve/" ->
                    named(query.value("domain").orElse(""), number(query, "post"));
            case "privatepost", "privatepost/" ->
                    Names.number(query.value("channel").orElse(""))
                            .map(PRIVATE::concat)
                            .map(chat -> at(chat, GROUP, number(query, "post")));
            case "join", "join/" -> invite(query.value("invite").orElse(""));
            default -> Optional.empty();
        };
    }

    private static Segments number(Segments query, String name) {
        return Segments.of(query.value(name).orElse(""), "");
    }
}
