package org.jalur.screening.url;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The address of something on the web in the one spelling that Safe Browsing gives it: without
/// user, port and fragment, escapes undone and put in again where needed, dot segments resolved,
/// slashes of the path not doubled. The case of path and query is kept.
///
/// Source: Safe Browsing v4, "URLs and Hashing". Where it leaves room, what browsers do counts
/// (WHATWG URL): the host ends before any escape is undone, a backslash in the path is a slash, the
/// slashes after the scheme can be any number. Hosts that no browser would ask for are refused.
///
/// @param scheme "http", "https" or "ftp"
/// @param path begins with a slash
/// @param query what follows the question mark, empty if there is no question mark
public record CanonicalUrl(String scheme, HostName host, String path, Optional<String> query) {
    /** Longest address that is read, in UTF-16 code units. */
    public static final int MOST = 1 << 20;

    private static final int MOST_HOSTS = 5;
    private static final int LABELS = 5;
    private static final int MOST_FOLDERS = 4;

    /**
     * Reads an address; one without a scheme counts as http if its host has a dot and no user
     * stands before it. Takes time in proportion to the length.
     *
     * @return empty if it is no such address, or longer than {@link #MOST}
     */
    public static Optional<CanonicalUrl> parse(String url) {
        return url.length() > MOST ? Optional.empty() : UrlReader.read(url);
    }

    /** The canonical address. */
    @Override
    public String toString() {
        return scheme + "://" + host + path + query.map(q -> "?" + q).orElse("");
    }

    /**
     * What lists are searched for: the host and up to four of its parents, each with the full path
     * and query, the full path, and up to four folders from the root on; without scheme, the most
     * exact first, at most 30.
     */
    public List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        for (String name : hosts()) {
            for (String below : paths()) {
                expressions.add(name + below);
            }
        }
        return expressions;
    }

    /** The host and those of its parents with at most five labels and at least two. */
    List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        String name = host.ascii();
        hosts.add(name);
        if (host.isAddress()) {
            return hosts;
        }
        int labels = 1 + (int) name.chars().filter(c -> c == '.').count();
        int from = 0;
        for (int left = labels; left > 2 && hosts.size() < MOST_HOSTS; ) {
            from = name.indexOf('.', from) + 1;
            left--;
            if (left <= LABELS) {
                hosts.add(name.substring(from));
            }
        }
        return hosts;
    }

    private Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        query.ifPresent(q -> paths.add(path + "?" + q));
        paths.add(path);
        int slash = 0;
        for (int folder = 0; folder < MOST_FOLDERS && slash >= 0; folder++) {
            paths.add(path.substring(0, slash + 1));
            slash = path.indexOf('/', slash + 1);
        }
        return paths;
    }
}
