package org.jalur.screening.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jalur.screening.Mode;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private Runnable next = () -> {};

    /** Lets something happen, once, when a merge looks at it. */
    private final InstantSource clock =
            () -> {
                Runnable now = next;
                next = () -> {};
                now.run();
                return Samples.NOON;
            };

    private final Holdings holdings = Samples.holdings(clock);
    private final EntryRules rules = new EntryRules(Samples.SETTINGS);

    private static List<Entry> domains(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.entry(Signal.DOMAIN, "sample" + i + ".org"))
                .toList();
    }

    private static List<UUID> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }

    @Test
    void whatHappensDuringAMergeOfTheLastPartIsNotLost() {
        holdings.put(SignatureList.own(Samples.LIST, "Sample list", Mode.BLOCK));
        List<Entry> entries = domains(1_000);
        List<Entry> more = domains(10);
        holdings.add(entries, rules);
        holdings.remove(ids(entries.subList(0, 600)));

        next =
                () -> {
                    holdings.add(more, rules);
                    holdings.remove(ids(entries.subList(600, 610)));
                };

        assertThat(holdings.merge()).isTrue();
        assertThat(holdings.known().size()).isEqualTo(400);
        assertThat(entries.subList(0, 610)).noneMatch(this::isThere);
        assertThat(entries.subList(610, 1_000)).allMatch(this::isThere);
        assertThat(more).allMatch(this::isThere);
    }

    private boolean isThere(Entry entry) {
        return holdings.find(entry.id()).isPresent();
    }

    @Test
    void smallLastPartTakesInWhatIsAdded() {
        holdings.put(SignatureList.own(Samples.LIST, "Sample list", Mode.BLOCK));

        holdings.add(domains(100), rules);
        holdings.add(domains(100), rules);

        assertThat(holdings.known().parts()).hasSize(1);
        assertThat(holdings.merge()).isFalse();
    }
}
