package org.jalur.screening.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdqIndexFileTest {
    private static final int HEAD = 8;

    private final RandomGenerator random = new SplittableRandom(6);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 70_000})
    void readsWhatItWrote(int size) throws IOException {
        List<PdqHash> hashes = Hashes.random(random, size);

        PdqIndex index = read(written(hashes));

        assertThat(index.size()).isEqualTo(size);
        for (int ordinal = 0; ordinal < size; ordinal += 1 + size / 100) {
            PdqHash hash = hashes.get(ordinal);
            int expected = ordinal;
            assertThat(index.hash(ordinal)).isEqualTo(hash);
            index.search(hash, 0, (found, _) -> assertThat(found).isEqualTo(expected));
        }
    }

    @Test
    void writesAHeadAnd32BytesForEachHash() throws IOException {
        byte[] bytes = written(List.of(new PdqHash(1, 2, 3, 4)));

        assertThat(bytes).hasSize(HEAD + 32).startsWith('J', 'P', 'D', 'Q', 0, 0, 0, 1);
        assertThat(ByteBuffer.wrap(bytes).getLong(HEAD)).isEqualTo(1);
    }

    @Test
    void refusesWhatEndsTooEarly() throws IOException {
        byte[] bytes = written(Hashes.random(random, 3));

        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(shorter)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void refusesAnotherBeginning(int place) throws IOException {
        byte[] bytes = written(Hashes.random(random, 3));
        bytes[place] ^= 1;

        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("not an index of PDQ hashes");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, PdqIndex.MAX_SIZE + 1, Integer.MAX_VALUE})
    void refusesASizeThatCannotBe(int size) throws IOException {
        byte[] bytes = written(Hashes.random(random, 3));
        ByteBuffer.wrap(bytes).putInt(4, size);

        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("not an index of PDQ hashes");
    }

    @Test
    void takesNoMemoryForHashesThatDoNotFollow() throws IOException {
        byte[] bytes = written(Hashes.random(random, 3));
        ByteBuffer.wrap(bytes).putInt(4, PdqIndex.MAX_SIZE);

        assertThatThrownBy(() -> read(bytes)).isInstanceOf(EOFException.class);
    }

    private static byte[] written(List<PdqHash> hashes) throws IOException {
        PdqIndex.Builder builder = PdqIndex.builder(hashes.size());
        hashes.forEach(builder::add);
        var bytes = new ByteArrayOutputStream();
        builder.build().write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static PdqIndex read(byte[] bytes) throws IOException {
        return PdqIndex.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
