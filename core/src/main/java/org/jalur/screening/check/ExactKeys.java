package org.jalur.screening.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.list.InvalidEntryException;
import org.jalur.screening.url.CanonicalUrl;
import org.jalur.screening.url.Handle;
import org.jalur.screening.url.HostName;
import org.jalur.screening.url.Platform;
import org.jalur.screening.url.PublicSuffixes;

/// By which keys entries are found that match only what is the same: digests, addresses, names. The
/// first octet of a key says what the others are.
final class ExactKeys {
    private static final byte SHA256 = 0;
    private static final byte MD5 = 1;

    /// A host, a path and a query: the entry counts for all below that, as Safe Browsing has it.
    private static final byte EXPRESSION = 2;

    /// The same where strangers share the host: the entry counts for no host below it.
    private static final byte SHARED_HOST = 3;

    private static final byte DOMAIN = 4;
    private static final byte HANDLE = 5;

    private final PublicSuffixes suffixes;
    private final Optional<Platform> home;

    ExactKeys(PublicSuffixes suffixes, Optional<Platform> home) {
        this.suffixes = suffixes;
        this.home = home;
    }

    private static byte[] key(byte kind, String value) {
        byte[] octets = value.getBytes(UTF_8);
        byte[] key = new byte[octets.length + 1];
        key[0] = kind;
        System.arraycopy(octets, 0, key, 1, octets.length);
        return key;
    }

    private static byte[] digest(byte kind, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        byte[] key = new byte[octets.length + 1];
        key[0] = kind;
        System.arraycopy(octets, 0, key, 1, octets.length);
        return key;
    }

    static byte[] sha256(String hex) {
        return digest(SHA256, hex);
    }

    static byte[] md5(String hex) {
        return digest(MD5, hex);
    }

    /// The keys under which an entry of an address is found: what lies below it, and the channel,
    /// account or post it leads to, under any spelling and with its posts.
    List<byte[]> ofUrl(String value) {
        CanonicalUrl url =
                CanonicalUrl.parse(value)
                        .orElseThrow(() ->
                                new InvalidEntryException(
                                        value,
                                        BrokenRule.said(
                                                "no web address that a browser would ask for",
                                                "write it with scheme and host")));
        String expression = expression(url);
        boolean shared = suffixes.isPublicSuffix(url.host());
        if (shared && url.path().equals("/") && url.query().isEmpty()) {
            throw shared(value);
        }
        List<byte[]> keys = new ArrayList<>();
        keys.add(key(shared ? SHARED_HOST : EXPRESSION, expression));
        Handle.of(url).ifPresent(handle -> keys.add(key(HANDLE, handle.toString())));
        return keys;
    }

    byte[] ofDomain(String value) {
        HostName name =
                HostName.parse(value)
                        .orElseThrow(() ->
                                new InvalidEntryException(
                                        value,
                                        BrokenRule.said(
                                                "no name that a browser would ask for",
                                                "check the spelling")));
        if (suffixes.isPublicSuffix(name)) {
            throw shared(value);
        }
        return key(DOMAIN, name.ascii());
    }

    private static InvalidEntryException shared(String value) {
        return new InvalidEntryException(
                value,
                BrokenRule.said(
                        "strangers register names below this one (public suffix list)",
                        "list the name below it that is meant"));
    }

    byte[] ofHandle(String value) {
        Handle handle =
                Handle.ofEntry(value, home)
                        .orElseThrow(() ->
                                new InvalidEntryException(
                                        value,
                                        BrokenRule.said(
                                                "no name at a platform that is understood",
                                                "write t.me/name, @name@host or telegram:channel:name")));
        return key(HANDLE, handle.toString());
    }

    /// Hands over the keys of all entries that an address can match.
    static void of(CanonicalUrl url, Consumer<byte[]> keys) {
        String host = url.host().ascii();
        for (String expression : url.expressions()) {
            keys.accept(key(EXPRESSION, expression));
            if (expression.startsWith(host + "/")) {
                keys.accept(key(SHARED_HOST, expression));
            }
        }
        keys.accept(key(DOMAIN, host));
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            keys.accept(key(DOMAIN, host.substring(dot + 1)));
        }
    }

    /// Hands over the keys of all entries that a name can match, however it was written.
    static void of(Handle handle, Consumer<byte[]> keys) {
        keys.accept(key(HANDLE, handle.toString()));
        handle.channel().ifPresent(channel -> keys.accept(key(HANDLE, channel.toString())));
    }

    private static String expression(CanonicalUrl url) {
        return url.host().ascii() + url.path() + url.query().map(query -> "?" + query).orElse("");
    }
}
