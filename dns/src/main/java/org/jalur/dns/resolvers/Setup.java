package org.jalur.dns.resolvers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.dns.TransferKey;

/**
 * What a resolver is set up for.
 *
 * @param primaries where its zones come from: each process of the node that serves them
 * @param zones that it follows, in the order in which they decide
 * @param upstream who answers what is not blocked
 */
public record Setup(
        List<InetSocketAddress> primaries, List<DomainName> zones, InetSocketAddress upstream) {
    /** The line of a key file that the documented configurations name. */
    public static final String KEY_LINE =
            "hmac-sha256 resolver.operator.example VGhpcyBrZXkgaXMgYW4gZXhhbXBsZSBvbmx5ISEhISE=";

    /** The same as a key. */
    public static final TransferKey KEY = TransferKey.parse(KEY_LINE);

    private static final String ZONE = "orders.rpz.authority.example";
    private static final String PRIMARY = "192.0.2.53";

    public Setup(InetSocketAddress primary, List<DomainName> zones, InetSocketAddress upstream) {
        this(List.of(primary), zones, upstream);
    }

    /** A configuration as {@code docs/resolvers.md} shows it. */
    public static String documented(String file) {
        try (InputStream in = Setup.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no configuration " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documented configuration for one zone, with this setup's addresses and a folder. */
    String configuration(String file, DomainName zone, Path folder) {
        String address = primaries.getFirst().getAddress().getHostAddress();
        String port = Integer.toString(primaries.getFirst().getPort());
        return withOthers(documented(file))
                .replaceAll("/var/(cache|lib)/[a-z-]+/", Matcher.quoteReplacement(folder + "/"))
                .replace(PRIMARY + " port 53", address + " port " + port)
                .replace(PRIMARY + "@53", address + "@" + port)
                .replace(PRIMARY + ":53", address + ":" + port)
                .replace(PRIMARY, address)
                .replace(ZONE, zone.ascii());
    }

    /**
     * With a line, or an entry, for each primary after the first; Unbound and BIND take several.
     */
    private String withOthers(String text) {
        return Pattern.compile(" *primary: 192\\.0\\.2\\.53@53\n| 192\\.0\\.2\\.53 port 53 [^;]*;")
                .matcher(text)
                .replaceAll(one ->
                        Matcher.quoteReplacement(
                                one.group()
                                        + primaries.stream()
                                                .skip(1)
                                                .map(other -> at(one.group(), other))
                                                .collect(Collectors.joining())));
    }

    private static String at(String documented, InetSocketAddress primary) {
        String address = primary.getAddress().getHostAddress();
        return documented
                .replace(PRIMARY + " port 53", address + " port " + primary.getPort())
                .replace(PRIMARY + "@53", address + "@" + primary.getPort());
    }
}
