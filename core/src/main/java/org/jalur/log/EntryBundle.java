package org.jalur.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries one after the other, each behind its length in two octets (C2SP tlog-tiles). */
final class EntryBundle {
    private EntryBundle() {}

    static byte[] format(List<byte[]> entries) {
        var out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > TiledLog.MAX_ENTRY) {
                throw new IllegalArgumentException(
                        "an entry of %d bytes; the limit is %d"
                                .formatted(entry.length, TiledLog.MAX_ENTRY));
            }
            out.write(entry.length >> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    static List<byte[]> parse(byte[] bundle, String path) {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        var entries = new ArrayList<byte[]>();
        while (in.hasRemaining()) {
            int length =
                    in.remaining() < 2 ? Integer.MAX_VALUE : Short.toUnsignedInt(in.getShort());
            if (length > in.remaining()) {
                throw new LogCorruptedException(path + " ends in the middle of an entry");
            }
            byte[] entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
