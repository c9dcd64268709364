package org.jalur.screening.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.exact.Keys;

/**
 * The ids of a segment's entries as keys of 16 octets.
 *
 * @param words two for each id
 */
record Ids(long[] words) implements Keys {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static byte[] key(UUID id) {
        return key(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static byte[] key(long high, long low) {
        byte[] key = new byte[2 * Long.BYTES];
        WORD.set(key, 0, high);
        WORD.set(key, Long.BYTES, low);
        return key;
    }

    UUID id(int ordinal) {
        return new UUID(words[2 * ordinal], words[2 * ordinal + 1]);
    }

    @Override
    public int size() {
        return words.length / 2;
    }

    @Override
    public byte[] key(int ordinal) {
        return key(words[2 * ordinal], words[2 * ordinal + 1]);
    }

    @Override
    public boolean isEqual(int ordinal, byte[] bytes, int from, int to) {
        return to - from == 2 * Long.BYTES
                && words[2 * ordinal] == (long) WORD.get(bytes, from)
                && words[2 * ordinal + 1] == (long) WORD.get(bytes, from + Long.BYTES);
    }

    @Override
    public long hash(int ordinal, KeyHash hash) {
        return hash.of(key(ordinal), 0, 2 * Long.BYTES);
    }
}
