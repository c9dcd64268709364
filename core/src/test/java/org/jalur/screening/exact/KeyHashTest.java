package org.jalur.screening.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    private final SplittableRandom random = new SplittableRandom(3);
    private final KeyHash hash = KeyHash.drawn(new SplittableRandom(4));

    @Test
    void hashDependsOnNothingButTheBytes() {
        for (int length = 0; length < 400; length++) {
            byte[] key = bytes(length);
            byte[] within = bytes(length + 20);
            System.arraycopy(key, 0, within, 7, length);

            assertThat(hash.of(within, 7, 7 + length)).isEqualTo(hash.of(key, 0, length));
        }
    }

    @Test
    void everyBitOfAKeyCounts() {
        for (int length : new int[] {1, 7, 8, 15, 16, 32, 33, 128, 129, 257, 300}) {
            byte[] key = bytes(length);
            Set<Long> hashes = new HashSet<>();
            hashes.add(hash.of(key, 0, length));
            for (int bit = 0; bit < length * 8; bit++) {
                key[bit / 8] ^= (byte) (1 << bit % 8);
                hashes.add(hash.of(key, 0, length));
                key[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(hashes).hasSize(length * 8 + 1);
        }
    }

    @Test
    void zerosOfEveryLengthDiffer() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= 1000; length++) {
            hashes.add(hash.of(new byte[1000], 0, length));
        }
        assertThat(hashes).hasSize(1001);
    }

    @Test
    void differentSecretsSpreadTheSameKeysDifferently() {
        byte[] key = bytes(32);

        assertThat(KeyHash.secret().of(key, 0, 32)).isNotEqualTo(hash.of(key, 0, 32));
        assertThat(KeyHash.secret()).isNotEqualTo(hash);
        assertThat(KeyHash.drawn(new SplittableRandom(4))).isEqualTo(hash);
    }

    @Test
    void keysThatDifferInACounterSpreadOverLinesLikeChance() {
        int[] lines = new int[1 << 12];
        byte[] key = new byte[32];
        for (int i = 0; i < lines.length * 12; i++) {
            key[20] = (byte) i;
            key[21] = (byte) (i >> 8);
            lines[Slots.home(hash.of(key, 0, 32), lines.length)]++;
        }
        // Among 4096 lines of 12 on average more than 36 happen once in ten thousand tries.
        assertThat(Arrays.stream(lines).max().orElse(0)).isLessThan(37);
    }

    @Test
    void bytesThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> hash.of(new byte[10], 0, 11))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> hash.of(new byte[10], -1, 10))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(hash).hasToString("KeyHash");
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
