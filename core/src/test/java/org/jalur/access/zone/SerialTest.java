package org.jalur.access.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jalur.access.InvalidAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, true",
        "0, 0, false",
        "0, 1, false",
        "0, 4294967295, true",
        "4294967295, 0, false",
        "2147483647, 0, true",
        "2147483648, 0, false",
        "0, 2147483648, false",
        "2147483649, 0, false",
        "0, 2147483649, true"
    })
    void orderIsThatOfTheCircle(long one, long other, boolean after) {
        assertThat(new Serial(one).isAfter(new Serial(other))).isEqualTo(after);
    }

    @Test
    void nextIsAlwaysAfterAlsoWhereTheCircleCloses() {
        for (long value : new long[] {0, 1, 2_147_483_647L, 2_147_483_648L, 4_294_967_295L}) {
            var serial = new Serial(value);
            assertThat(serial.next().isAfter(serial)).isTrue();
            assertThat(serial.isAfter(serial.next())).isFalse();
        }
        assertThat(new Serial(4_294_967_295L).next()).isEqualTo(new Serial(0));
    }

    @Test
    void whatDoesNotFitIn32BitsIsNone() {
        assertThatThrownBy(() -> new Serial(-1)).isInstanceOf(InvalidAccessException.class);
        assertThatThrownBy(() -> new Serial(4_294_967_296L))
                .hasMessageContaining("4294967296")
                .hasMessageContaining("4294967295");
    }
}
