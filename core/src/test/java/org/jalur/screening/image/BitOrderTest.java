package org.jalur.screening.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitOrderTest {
    @Test
    void everyBitHasAPlaceOfItsOwnAndComesBackFromIt() {
        boolean[] taken = new boolean[PdqHash.BITS];
        for (int bit = 0; bit < PdqHash.BITS; bit++) {
            long[] words = new long[4];
            words[bit / Long.SIZE] = 1L << bit;
            var hash = new PdqHash(words[0], words[1], words[2], words[3]);

            long[] ring = ring(hash);

            assertThat(Arrays.stream(ring).map(Long::bitCount).sum()).isEqualTo(1);
            taken[place(ring)] = true;
            assertThat(BitOrder.fromRing(ring, 0)).isEqualTo(hash);
        }
        assertThat(taken).doesNotContain(false);
    }

    @Test
    void distancesStayWhatTheyAre() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            PdqHash one = Hashes.random(random);
            PdqHash other = Hashes.random(random);
            long[] a = ring(one);
            long[] b = ring(other);

            assertThat(
                            new PdqHash(a[0], a[1], a[2], a[3])
                                    .distance(new PdqHash(b[0], b[1], b[2], b[3])))
                    .isEqualTo(one.distance(other));
        }
    }

    @Test
    void bitsOfAChunkAreOneOfEachRowAndOneOfEachColumn() {
        int[] rows = new int[16];
        int[] columns = new int[16];
        for (int bit = 0; bit < PdqHash.BITS; bit++) {
            long[] words = new long[4];
            words[bit / Long.SIZE] = 1L << bit;
            int chunk = place(ring(new PdqHash(words[0], words[1], words[2], words[3]))) / 16;
            rows[chunk] |= 1 << (bit / 16);
            columns[chunk] |= 1 << (bit % 16);
        }
        assertThat(rows).containsOnly(0xffff);
        assertThat(columns).containsOnly(0xffff);
    }

    private static long[] ring(PdqHash hash) {
        long[] ring = new long[4];
        BitOrder.toRing(hash, ring, 0);
        return ring;
    }

    private static int place(long[] ring) {
        int word = 0;
        while (ring[word] == 0) {
            word++;
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(ring[word]);
    }
}
