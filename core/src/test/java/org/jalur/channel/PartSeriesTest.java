package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartSeriesTest {
    private final byte[] seed = PartSeries.newSeed();

    @Test
    void sameSeedAndContentsGiveTheSameLeaves() {
        var first = new PartSeries(seed);
        var second = new PartSeries(seed);

        for (String text : new String[] {"one", "two"}) {
            assertThat(first.next("item", text.getBytes(UTF_8)).leaf())
                    .isEqualTo(second.next("item", text.getBytes(UTF_8)).leaf());
        }
    }

    @Test
    void equalContentsInOneSeriesHaveDifferentLeaves() {
        var series = new PartSeries(seed);

        assertThat(Stream.generate(() -> series.next("item", new byte[] {1}).leaf()).limit(100))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherSeedGivesOtherLeaves() {
        assertThat(new PartSeries(seed).next("item", new byte[1]).leaf())
                .isNotEqualTo(
                        new PartSeries(PartSeries.newSeed()).next("item", new byte[1]).leaf());
    }

    @Test
    void partOfASeriesTravelsLikeAnyOther() {
        Part part = new PartSeries(seed).next("item", "sample".getBytes(UTF_8));

        assertThat(Part.fromWire(part.wire()).leaf()).isEqualTo(part.leaf());
    }

    @Test
    void shortSeedIsRefused() {
        assertThatThrownBy(() -> new PartSeries(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31");
    }
}
