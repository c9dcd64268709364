package org.jalur.screening.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PackedKeysTest {
    @Test
    void keysOfOneLengthTakeNothingButTheirBytes() {
        var keys = new PackedKeys.Builder().add(new byte[16]).add(new byte[16]).build();

        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.bytes()).isEqualTo(32);
    }

    @Test
    void keysOfSeveralLengthsComeBackAsTheyWere() {
        var keys = new PackedKeys.Builder().add("").add("ab").add("").add("c").build();

        assertThat(keys.key(0)).isEmpty();
        assertThat(keys.key(1)).containsExactly('a', 'b');
        assertThat(keys.key(2)).isEmpty();
        assertThat(keys.key(3)).containsExactly('c');
    }

    @Test
    void keyOfTheFirstLengthAfterAnotherDoesNotMakeThemOneLength() {
        var keys = new PackedKeys.Builder().add("a").add("bc").add("d").add("e").build();

        assertThat(keys.key(3)).containsExactly('e');
        assertThat(keys.isEqual(1, new byte[] {'b', 'c'}, 0, 2)).isTrue();
        assertThat(keys.isEqual(1, new byte[] {'b', 'c'}, 0, 1)).isFalse();
    }

    @Test
    void keysAreReadAsWritten() throws IOException {
        for (var builder :
                new PackedKeys.Builder[] {
                    new PackedKeys.Builder(),
                    new PackedKeys.Builder().add("ab").add("cd"),
                    new PackedKeys.Builder().add("ab").add("").add("cde")
                }) {
            PackedKeys keys = builder.build();
            PackedKeys read = read(written(keys));

            assertThat(read.size()).isEqualTo(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                assertThat(read.key(i)).isEqualTo(keys.key(i));
            }
        }
    }

    @Test
    void damagedOrCutKeysAreRefused() throws IOException {
        byte[] written = written(new PackedKeys.Builder().add("ab").add("").add("cde").build());
        for (int i = 0; i < written.length; i++) {
            byte[] damaged = written.clone();
            damaged[i] ^= 0x40;
            byte[] cut = Arrays.copyOf(written, i);

            assertThatThrownBy(() -> read(damaged)).isInstanceOf(DamagedTableException.class);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedTableException.class);
        }
    }

    private static byte[] written(PackedKeys keys) throws IOException {
        var out = new ByteArrayOutputStream();
        keys.writeTo(out);
        return out.toByteArray();
    }

    private static PackedKeys read(byte[] written) throws IOException {
        return PackedKeys.readFrom(new ByteArrayInputStream(written));
    }
}
