package org.jalur.node.notices;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;

/**
 * Addresses as people paste them, one or many: made live again where they were defused ({@code
 * hxxp}, {@code [.]}), freed of quotes, brackets and tracking marks; what is there twice is told.
 *
 * @param urls to be added, in their order
 * @param duplicates left out
 * @param cleaned how many were changed
 * @param wrong lines that are no address
 */
record PastedUrls(List<String> urls, List<String> duplicates, int cleaned, List<Wrong> wrong) {
    private static final Pattern AROUND =
            Pattern.compile("^[<>\"'“”‘’(\\[{,;]+|[<>\"'“”‘’)\\]},;.]+$");
    private static final Pattern TRACKING =
            Pattern.compile("(?<=[?&])(utm_[a-z]+|fbclid|gclid|igshid)=[^&#]*&?");
    private static final Pattern BARE =
            Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+(/.*)?", Pattern.CASE_INSENSITIVE);

    /**
     * @param line from 1
     */
    record Wrong(int line, String text, InvalidNoticeException cause) {}

    /**
     * @param known addresses that are on the list already
     */
    static PastedUrls read(String text, List<String> known) {
        Set<String> seen = new HashSet<>();
        known.forEach(url -> seen.add(comparable(url)));
        var urls = new ArrayList<String>();
        var duplicates = new ArrayList<String>();
        var wrong = new ArrayList<Wrong>();
        int cleaned = 0;
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            for (String word : lines[i].strip().split("[\\s\\u200b\\ufeff]+")) {
                if (word.isEmpty()) {
                    continue;
                }
                String url = clean(word);
                try {
                    new Item(
                            1,
                            ItemKind.POST,
                            url,
                            java.util.Map.of(),
                            java.util.Optional.empty(),
                            List.of());
                } catch (InvalidNoticeException e) {
                    wrong.add(new Wrong(i + 1, word, e));
                    continue;
                }
                if (!seen.add(comparable(url))) {
                    duplicates.add(url);
                } else {
                    urls.add(url);
                    cleaned += url.equals(word) ? 0 : 1;
                }
            }
        }
        return new PastedUrls(urls, duplicates, cleaned, wrong);
    }

    private static String clean(String word) {
        String url = AROUND.matcher(word).replaceAll("");
        url = url.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":");
        url = url.replaceFirst("^(?i)hxxp", "http");
        if (BARE.matcher(url).matches()) {
            url = "https://" + url;
        }
        url = TRACKING.matcher(url).replaceAll("");
        return url.replaceFirst("[?&]$", "");
    }

    /** The same place, however its host is written. */
    static String comparable(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/$", "");
            return host
                    + path
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
        } catch (URISyntaxException _) {
            return url;
        }
    }

    List<ItemForm> items() {
        return urls.stream().map(PastedUrls::item).toList();
    }

    private static ItemForm item(String url) {
        return new ItemForm(
                java.util.Optional.of(ItemKind.POST),
                url,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }
}
