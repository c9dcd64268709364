package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jalur.screening.Mode;
import org.jalur.screening.exact.KeyBatch;
import org.jalur.screening.exact.KeyHash;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final KeyHash HASH = KeyHash.secret();

    @Test
    void whatHasReadALargeTextIsNotKept() {
        var idle = new IdleComparisons(() -> new Comparison(Samples.SETTINGS, HASH));
        Comparison comparison = idle.take();
        String most = "a".repeat(IdleComparisons.MOST_KEPT);

        idle.giveBack(comparison, Samples.text(most));
        assertThat(idle.take()).isSameAs(comparison);

        idle.giveBack(comparison, Samples.text(most + "a"));
        idle.giveBack(comparison, Samples.url("http://example.com/" + most));
        assertThat(idle.take()).isNotSameAs(comparison);
    }

    @Test
    void addressesLongerThanAnyEntryAreNoKeys() {
        var keys = new KeysOf(Samples.SETTINGS, HASH);
        Content content = Samples.url("http://example.com/a/" + "%41é".repeat(20_000) + "?q");

        KeyBatch batch = keys.of(content, Due.at(Instant.MAX, () -> Samples.NOON));

        // The folders "/" and "/a/", and the domains "example.com" and "com".
        assertThat(batch.size()).isEqualTo(4);
    }

    @Test
    void longestAddressOfAnEntryIsFound() {
        var engine = Samples.engine(() -> Samples.NOON, Mode.BLOCK);
        String longest = "http://xé.com/" + "€".repeat(EntryRules.LONGEST_VALUE - 14);
        Samples.added(engine, Signal.URL, longest);

        assertThat(Samples.screen(engine, Samples.url(longest)).hits()).hasSize(1);
    }
}
