package org.jalur.screening.url;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Takes an address apart, and writes its path as it is compared. */
final class UrlReader {
    private static final List<String> SCHEMES = List.of("http", "https", "ftp");

    private UrlReader() {}

    static Optional<CanonicalUrl> read(String url) {
        String text = withoutFragment(withoutBreaks(url.strip()));
        Optional<String> scheme = scheme(text);
        int from = scheme.map(String::length).map(length -> length + 1).orElse(0);
        while (from < text.length() && isSlash(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && !isSlash(text.charAt(to)) && text.charAt(to) != '?') {
            to++;
        }
        Optional<HostName> host = host(text.substring(from, to), scheme.isPresent());
        byte[] rest = Escapes.unescaped(Escapes.octets(text.substring(to)));
        return host.map(name -> url(scheme.orElse("http"), name, rest));
    }

    private static CanonicalUrl url(String scheme, HostName host, byte[] rest) {
        int end = 0;
        while (end < rest.length && rest[end] != '?') {
            end++;
        }
        Optional<String> query =
                end == rest.length
                        ? Optional.empty()
                        : Optional.of(Escapes.escaped(rest, end + 1, rest.length));
        return new CanonicalUrl(scheme, host, path(rest, end), query);
    }

    private static String withoutBreaks(String url) {
        var out = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c != '\t' && c != '\r' && c != '\n') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    private static Optional<String> scheme(String url) {
        return SCHEMES.stream()
                .filter(scheme -> url.regionMatches(true, 0, scheme, 0, scheme.length()))
                .filter(scheme -> url.startsWith(":", scheme.length()))
                .findFirst();
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** What stands between the user and the port. */
    private static Optional<HostName> host(String authority, boolean hasScheme) {
        int at = authority.lastIndexOf('@');
        if (at >= 0 && !hasScheme) {
            return Optional.empty();
        }
        String place = authority.substring(at + 1);
        int colon = place.indexOf(':', Math.max(0, place.lastIndexOf(']')));
        String name = colon < 0 ? place : place.substring(0, colon);
        boolean port =
                colon < 0 || place.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        if (!port || (!hasScheme && name.indexOf('.') < 0)) {
            return Optional.empty();
        }
        byte[] octets = Escapes.unescaped(Escapes.octets(name));
        return HostName.parse(new String(octets, StandardCharsets.UTF_8));
    }

    /** Resolves "." and ".." (RFC 3986 §5.2.4) and doubled slashes among the first octets. */
    private static String path(byte[] octets, int end) {
        byte[] out = new byte[end + 1];
        out[0] = '/';
        int length = 1;
        for (int from = 0; from < end; ) {
            int to = from;
            while (to < end && !isSlash((char) octets[to])) {
                to++;
            }
            int segment = to - from;
            boolean dots = segment <= 2 && segment > 0 && octets[from] == '.';
            if (dots && segment == 2 && octets[from + 1] == '.') {
                length = parent(out, length);
            } else if (segment > 0 && !(dots && segment == 1)) {
                System.arraycopy(octets, from, out, length, segment);
                length += segment;
                if (to < end) {
                    out[length++] = '/';
                }
            }
            from = to + 1;
        }
        return Escapes.escaped(out, 0, length);
    }

    /** Where the folder ends that a folder stands in; the root stands in itself. */
    private static int parent(byte[] path, int length) {
        int end = Math.max(1, length - 1);
        while (path[end - 1] != '/') {
            end--;
        }
        return end;
    }
}
