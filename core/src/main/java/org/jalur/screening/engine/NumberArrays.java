package org.jalur.screening.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays of numbers in files, big-endian, their length in front. */
final class NumberArrays {
    private static final int CHUNK = 1 << 14;

    private NumberArrays() {}

    static void write(long[] numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.length);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int length = Math.min(CHUNK, numbers.length - from);
            ByteBuffer chunk = ByteBuffer.allocate(length * Long.BYTES);
            chunk.asLongBuffer().put(numbers, from, length);
            out.write(chunk.array());
        }
    }

    static void write(int[] numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.length);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int length = Math.min(CHUNK, numbers.length - from);
            ByteBuffer chunk = ByteBuffer.allocate(length * Integer.BYTES);
            chunk.asIntBuffer().put(numbers, from, length);
            out.write(chunk.array());
        }
    }

    static long[] readLongs(DataInputStream in) throws IOException {
        long[] numbers = new long[in.readInt()];
        byte[] chunk = new byte[Math.min(CHUNK, numbers.length) * Long.BYTES];
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int length = Math.min(CHUNK, numbers.length - from);
            in.readFully(chunk, 0, length * Long.BYTES);
            ByteBuffer.wrap(chunk).asLongBuffer().get(numbers, from, length);
        }
        return numbers;
    }

    static int[] readInts(DataInputStream in) throws IOException {
        int[] numbers = new int[in.readInt()];
        byte[] chunk = new byte[Math.min(CHUNK, numbers.length) * Integer.BYTES];
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int length = Math.min(CHUNK, numbers.length - from);
            in.readFully(chunk, 0, length * Integer.BYTES);
            ByteBuffer.wrap(chunk).asIntBuffer().get(numbers, from, length);
        }
        return numbers;
    }
}
