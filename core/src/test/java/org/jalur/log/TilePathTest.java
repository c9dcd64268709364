package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TilePathTest {
    @Test
    void numbersAreWrittenInGroupsOfThreeDigits() {
        assertThat(TilePath.full(0, 0).hashes()).isEqualTo("tile/0/000");
        assertThat(TilePath.full(0, 999).hashes()).isEqualTo("tile/0/999");
        assertThat(TilePath.full(1, 1000).hashes()).isEqualTo("tile/1/x001/000");
        assertThat(TilePath.full(2, 1_234_067).entries()).isEqualTo("tile/entries/x001/x234/067");
        assertThat(new TilePath(0, 1_234_067, 8).hashes()).isEqualTo("tile/0/x001/x234/067.p/8");
    }

    /// The example of C2SP tlog-tiles: 70,000 entries.
    @Test
    void partialTilesHaveTheWidthsOfThePublishedExample() {
        assertThat(RightEdge.rightmost(0, 70_000)).isEqualTo(new TilePath(0, 273, 112));
        assertThat(RightEdge.rightmost(1, 70_000)).isEqualTo(new TilePath(1, 1, 17));
        assertThat(RightEdge.rightmost(2, 70_000)).isEqualTo(new TilePath(2, 0, 1));
        assertThat(RightEdge.rightmost(3, 70_000).width()).isZero();
        assertThat(RightEdge.rightmost(7, Long.MAX_VALUE)).isEqualTo(new TilePath(7, 0, 127));
    }
}
