package org.jalur.screening.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One text, read from its beginning to its end. */
final class AddressScan {
    private static final List<String> SCHEMES = List.of("https", "http", "ftp");
    private static final String SEPARATOR = "://";
    private static final String APP = "tg";

    private static final char FULL_STOP = '\u3002';

    // Each character is part of at most so many addresses, so that time stays in proportion.
    private static final int NESTED = 3;

    private final Refanged refanged;
    private final String text;
    private final Spans spans;
    private final PublicSuffixes suffixes;
    private final Optional<Platform> home;
    private final List<Found> found = new ArrayList<>();

    /** Where the addresses found so far end, and how many of them reach beyond here. */
    private int reached;

    private int nested;

    AddressScan(String original, PublicSuffixes suffixes, Optional<Platform> home) {
        refanged = new Refanged(original);
        text = refanged.text();
        spans = new Spans(text);
        this.suffixes = suffixes;
        this.home = home;
    }

    List<Found> run() {
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (c == '@') {
                at = name(at);
            } else if (Characters.isWord(c)) {
                at = word(at, spans.run(at));
            } else {
                at++;
            }
        }
        return List.copyOf(found);
    }

    private int word(int from, int to) {
        if (text.startsWith(SEPARATOR, to)) {
            return schemed(from, to);
        }
        if (text.charAt(to) == '@') {
            // An e-mail address: neither its name nor its host is an address of something public.
            return Characters.isWord(text.charAt(to + 1)) ? spans.run(to + 1) : to + 1;
        }
        int start = from;
        int end = to;
        while (end > start && isEdge(text.charAt(end - 1))) {
            end--;
        }
        while (start < end && isEdge(text.charAt(start))) {
            start++;
        }
        for (int i = start; i < end; i++) {
            if (Characters.isDot(text.charAt(i))) {
                return bare(start, end, to);
            }
        }
        return to;
    }

    private static boolean isEdge(char c) {
        return c == '-' || c == '_' || Characters.isDot(c);
    }

    /** Words before the scheme can touch it. */
    private int schemed(int from, int to) {
        int begin = to + SEPARATOR.length();
        if (endsWith(APP, from, to) && to - APP.length() == from) {
            int end = spans.end(begin, false);
            TelegramHandles.app(text.substring(from, end))
                    .ifPresent(handle -> addName(from, end, handle));
            return end;
        }
        return SCHEMES.stream()
                .filter(scheme -> endsWith(scheme, from, to))
                .findFirst()
                .map(scheme -> link(to - scheme.length(), begin, false))
                .orElse(begin);
    }

    private boolean endsWith(String word, int from, int to) {
        int start = to - word.length();
        return start >= from && text.regionMatches(true, start, word, 0, word.length());
    }

    /** Adds an address whose end is to be found from an index on; where reading goes on. */
    private int link(int start, int begin, boolean spaced) {
        nested = start < reached ? nested + 1 : 1;
        int end = Math.max(begin, nested > NESTED ? reached : spans.end(begin, spaced));
        int inner = inner(begin, end);
        reached = Math.max(reached, end);
        boolean listed = inner < end && ",;".indexOf(text.charAt(inner - 1)) >= 0;
        addLink(start, listed ? inner - 1 : nested > NESTED ? inner : end);
        return inner;
    }

    /** Where the next address with a scheme begins within an address, or its end. */
    private int inner(int from, int end) {
        // No farther than that: each address would otherwise cost a look at all of the text.
        int to = Math.min(end + SEPARATOR.length() - 1, text.length());
        int colon = text.indexOf(SEPARATOR, from, to);
        while (colon >= 0) {
            for (String scheme : SCHEMES) {
                if (endsWith(scheme, from, colon)) {
                    return colon - scheme.length();
                }
            }
            colon = text.indexOf(SEPARATOR, colon + 1, to);
        }
        return end;
    }

    /** An ideographic full stop can be a dot of the name, or end a sentence after it. */
    private int bare(int start, int end, int to) {
        int read = domain(start, end, to);
        if (read >= 0) {
            return read;
        }
        int from = start;
        while (true) {
            int stop = from;
            while (stop < end && text.charAt(stop) != FULL_STOP) {
                stop++;
            }
            if (stop == end) {
                return from > start ? Math.max(to, domain(from, end, to)) : to;
            }
            domain(from, stop, stop);
            from = stop + 1;
        }
    }

    /** Adds a host without scheme and what follows it; where reading goes on, -1 if it is none. */
    private int domain(int start, int end, int to) {
        Optional<HostName> host = HostName.parse(text.substring(start, end));
        int tail = end == to ? spans.afterPort(end) : end;
        boolean path = end == to && "/?#".indexOf(text.charAt(tail)) >= 0;
        boolean known =
                host.filter(name -> name.isAddress() ? tail > end || path : suffixes.isKnown(name))
                        .filter(name -> name.ascii().indexOf('.') > 0)
                        .isPresent();
        if (!known) {
            return -1;
        }
        if (path) {
            return Math.max(to, link(start, tail, true));
        }
        addLink(start, tail);
        return Math.max(to, tail);
    }

    private int name(int at) {
        if (!Characters.isWord(text.charAt(at + 1))) {
            return at + 1;
        }
        int to = spans.run(at + 1);
        boolean address = text.charAt(to) == '@' && Characters.isWord(text.charAt(to + 1));
        int whole = address ? spans.run(to + 1) : to;
        int end = whole;
        while (end > at + 1 && (isEdge(text.charAt(end - 1)) && text.charAt(end - 1) != '_')) {
            end--;
        }
        String name = text.substring(at, end);
        int last = end;
        if (address) {
            FediverseHandles.bare(name)
                    .filter(handle -> isKnownHost(handle.id()))
                    .ifPresent(handle -> addName(at, last, handle));
        } else {
            home.flatMap(platform -> HandleReader.named(platform, name.substring(1)))
                    .ifPresent(handle -> addName(at, last, handle));
        }
        return whole;
    }

    private boolean isKnownHost(String account) {
        return HostName.parse(account.substring(account.indexOf('@') + 1))
                .filter(suffixes::isKnown)
                .isPresent();
    }

    private void addName(int start, int end, Handle handle) {
        found.add(new Found.Name(refanged.origin(start), refanged.origin(end), handle));
    }

    /** Where an address leads to nothing known, a word that touches it may be in the way. */
    private void addLink(int start, int end) {
        int latin = spans.firstSpaceless(start, end);
        Optional<CanonicalUrl> whole = CanonicalUrl.parse(text.substring(start, end));
        Optional<Handle> handle = whole.flatMap(Handle::of);
        if (handle.isEmpty() && latin < end) {
            Optional<CanonicalUrl> shorter = CanonicalUrl.parse(text.substring(start, latin));
            Optional<Handle> named = shorter.flatMap(Handle::of);
            if (named.isPresent()) {
                shorter.ifPresent(url -> add(start, latin, url, named));
                return;
            }
        }
        whole.ifPresent(url -> add(start, end, url, handle));
    }

    private void add(int start, int end, CanonicalUrl url, Optional<Handle> handle) {
        found.add(new Found.Link(refanged.origin(start), refanged.origin(end), url, handle));
    }
}
