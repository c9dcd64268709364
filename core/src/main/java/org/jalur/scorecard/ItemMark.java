package org.jalur.scorecard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jalur.log.Hash;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.screening.url.CanonicalUrl;

/**
 * By what an item is known again, as digests: items with a mark in common are the same. The address
 * in clear is in none of them.
 */
public final class ItemMark {
    private ItemMark() {}

    /**
     * The canonical address, whichever way it was asked for; and the files of an item that is
     * itself a file. A screenshot of a post shows no more than that it was seen.
     */
    public static Set<Hash> of(Item item) {
        Set<Hash> marks = new LinkedHashSet<>();
        marks.add(mark("url", address(item.url())));
        if (item.kind() == ItemKind.MEDIA) {
            for (EvidenceFile file : item.files()) {
                marks.add(mark("file", file.sha256()));
            }
        }
        return marks;
    }

    private static String address(String url) {
        return CanonicalUrl.parse(url)
                .map(one ->
                        one.host().ascii() + one.path() + one.query().map("?"::concat).orElse(""))
                .orElse(url);
    }

    private static Hash mark(String what, String value) {
        return Hash.sha256((what + " " + value).getBytes(UTF_8));
    }
}
