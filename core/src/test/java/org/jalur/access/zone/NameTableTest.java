package org.jalur.access.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final int ROUNDS = 500;

    @Test
    void tableHoldsWhatASetHoldsInTheSameOrder() {
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Set<BlockedName> names = Names.few(random);
            List<BlockedName> shuffled = new ArrayList<>(names);
            shuffled.addAll(names);
            Collections.shuffle(shuffled, random);

            NameTable table = NameTable.of(shuffled);

            assertThat(table.stream()).containsExactlyElementsOf(names);
            assertThat(table.size()).isEqualTo(names.size());
            for (int i = 0; i < 20; i++) {
                BlockedName any = Names.any(random);
                assertThat(table.contains(any)).isEqualTo(names.contains(any));
                assertThat(table.hits(any.name()))
                        .isEqualTo(names.stream().anyMatch(one -> one.hits(any.name())));
            }
        }
    }

    @Test
    void changedTableIsTheOneOfTheChangedSet() {
        var random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            Set<BlockedName> names = Names.few(random);
            Set<BlockedName> added = Names.few(random);
            Set<BlockedName> removed = Names.few(random);

            NameTable changed = NameTable.of(names).with(added, removed);

            Set<BlockedName> expected = new TreeSet<>(names);
            expected.removeAll(removed);
            expected.addAll(added);
            assertThat(changed.stream()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void longestNamesArePackedToo() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);
        NameTable table = NameTable.of(List.of(Names.below(longest), Names.exactly(longest)));

        assertThat(table.stream()).containsExactly(Names.exactly(longest), Names.below(longest));
        assertThat(table.longestRecord()).isEqualTo(255);
    }

    @Test
    void manyNamesTakeFewBytesEachAndAreSortedInRuns() {
        int many = 200_000;
        var builder = new NameTableBuilder();
        var random = new Random(3);
        for (int i = 0; i < many; i++) {
            int mixed = (int) (i * 7_919L % many);
            builder.add(
                    BlockedName.exactly(
                            new DomainName("situs-contoh-" + mixed + ".example" + mixed % 9)));
        }
        NameTable table = builder.build();

        assertThat(table.size()).isEqualTo(many);
        assertThat((double) table.bytes() / many).isLessThan(24);
        int sought = random.nextInt(many);
        assertThat(table.hits(new DomainName("situs-contoh-" + sought + ".example" + sought % 9)))
                .isTrue();
        assertThat(table.hits(new DomainName("situs-contoh-" + many + ".example0"))).isFalse();
    }
}
