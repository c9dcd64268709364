package org.jalur.node.cases;

import org.jalur.log.Hash;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.screening.url.Whereabouts;

/**
 * Where an item stands, as a digest: the channel or account itself, or what a post was published
 * in. Equal places tell what came from there before, without keeping the address in clear.
 */
final class Place {
    private Place() {}

    static Hash of(Item item) {
        return Whereabouts.place(
                item.url(), item.kind() == ItemKind.CHANNEL || item.kind() == ItemKind.ACCOUNT);
    }
}
