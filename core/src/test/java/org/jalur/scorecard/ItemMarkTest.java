package org.jalur.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Hash;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.screening.url.CanonicalUrl;
import org.junit.jupiter.api.Test;

class ItemMarkTest {
    private static final String SHA256 = Hash.sha256(new byte[] {7}).hex();

    private static Item item(ItemKind kind, String url, EvidenceFile... files) {
        return new Item(1, kind, url, Map.of(), Optional.empty(), List.of(files));
    }

    private static EvidenceFile file(String name) {
        return new EvidenceFile(name, "image/png", SHA256, SHA256);
    }

    private static boolean same(Item one, Item other) {
        return !Collections.disjoint(ItemMark.of(one), ItemMark.of(other));
    }

    @Test
    void oneAddressIsTheSameHoweverItIsWritten() {
        Item one = item(ItemKind.POST, "https://Social.example/a/../b/1#top");

        assertThat(same(one, item(ItemKind.POST, "http://social.example/b/1"))).isTrue();
        assertThat(same(one, item(ItemKind.CHANNEL, "https://social.example:443/b/1"))).isTrue();
    }

    @Test
    void anotherPathCaseOrQueryIsAnotherItem() {
        Item one = item(ItemKind.POST, "https://social.example/b/1");

        assertThat(same(one, item(ItemKind.POST, "https://social.example/B/1"))).isFalse();
        assertThat(same(one, item(ItemKind.POST, "https://social.example/b/1?page=2"))).isFalse();
        assertThat(same(one, item(ItemKind.POST, "https://other.example/b/1"))).isFalse();
    }

    @Test
    void theSameFileAtTwoAddressesIsOneItem() {
        Item one = item(ItemKind.MEDIA, "https://social.example/v/1", file("copy.png"));
        Item other = item(ItemKind.MEDIA, "https://other.example/v/2", file("other-name.png"));

        assertThat(same(one, other)).isTrue();
    }

    @Test
    void theSameScreenshotBesideTwoPostsMakesThemNotTheSame() {
        Item one = item(ItemKind.POST, "https://social.example/1", file("screen.png"));
        Item other = item(ItemKind.POST, "https://social.example/2", file("screen.png"));

        assertThat(same(one, other)).isFalse();
    }

    @Test
    void whatNoBrowserWouldAskForIsComparedAsItIs() {
        Item one = item(ItemKind.POST, "https://xn--0.example/1");

        assertThat(CanonicalUrl.parse(one.url())).isEmpty();
        assertThat(same(one, item(ItemKind.POST, "https://xn--0.example/1"))).isTrue();
        assertThat(same(one, item(ItemKind.POST, "https://xn--0.example/2"))).isFalse();
    }
}
