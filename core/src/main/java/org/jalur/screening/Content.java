package org.jalur.screening;

import java.util.List;
import java.util.Optional;

/**
 * Public content, or content about to become public.
 *
 * @param text the words, if any
 * @param urls addresses in it, and its own
 * @param files SHA-256 of its files, 64 lower-case hex digits
 * @param country where it is seen, ISO 3166-1 alpha-2; empty if everywhere
 */
public record Content(
        Optional<String> text, List<String> urls, List<String> files, Optional<String> country) {
    public Content {
        urls = List.copyOf(urls);
        files = List.copyOf(files);
    }
}
