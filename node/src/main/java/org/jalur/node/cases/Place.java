package org.jalur.node.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Locale;
import org.jalur.log.Hash;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;

/**
 * Where an item stands, as a digest: the channel or account itself, or what a post was published
 * in. Equal places tell what came from there before, without keeping the address in clear.
 */
final class Place {
    private Place() {}

    static Hash of(Item item) {
        URI uri = URI.create(item.url());
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
        boolean itself = item.kind() == ItemKind.CHANNEL || item.kind() == ItemKind.ACCOUNT;
        int last = path.lastIndexOf('/');
        String place = itself || last <= 0 ? path : path.substring(0, last);
        // A channel's posts may lie under it in a folder of their own.
        String folder = place.replaceFirst("/(posts?|status|media)$", "");
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return Hash.sha256((host + folder).getBytes(UTF_8));
    }
}
