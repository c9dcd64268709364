package org.jalur.notice;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One piece of public content that a notice names.
 *
 * @param no from 1, in the order of the notice
 * @param url where it is; http or https, never fetched by Jalur
 * @param ids the platform's own ids, where the officer knows them
 * @param text an excerpt
 * @param files screenshots or copies
 */
public record Item(
        int no,
        ItemKind kind,
        String url,
        Map<String, String> ids,
        Optional<String> text,
        List<EvidenceFile> files) {
    private static final int MAX_URL = 2_000;

    public Item {
        ids = Map.copyOf(ids);
        files = List.copyOf(files);
        String field = "items[%d]".formatted(no);
        checkUrl(field + ".url", url);
        text.ifPresent(excerpt -> Words.atMost(field + ".text", excerpt, 20_000));
        if (ids.size() > 10) {
            throw new InvalidNoticeException(field + ".ids", Rule.TOO_MANY, ids.size(), 10);
        }
        ids.forEach((name, id) -> {
            Words.required(field + ".ids", name, 50);
            Words.required(field + ".ids." + name, id, 200);
        });
    }

    static void checkUrl(String field, String url) {
        Words.required(field, url, MAX_URL);
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                throw new InvalidNoticeException(field, Rule.URL, url);
            }
        } catch (URISyntaxException _) {
            throw new InvalidNoticeException(field, Rule.URL, url);
        }
    }
}
