package org.jalur.screening;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Test;

/** Says which path the other tests of the screener take. */
class VectorsTest {
    @Test
    void vectorsAreUsedExceptInTheTestsOfThePlainPath() {
        boolean plain = Boolean.getBoolean("jalur.test.plain");

        assertThat(Vectors.USED).isEqualTo(!plain && areWide());
    }

    private static boolean areWide() {
        return VectorShape.preferredShape().vectorBitSize() >= 256;
    }
}
