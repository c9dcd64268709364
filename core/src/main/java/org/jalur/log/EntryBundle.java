package org.jalur.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Up to 256 consecutive entries, each after its length in two bytes, big-endian (C2SP tlog-tiles,
/// "Log entries").
final class EntryBundle {
    static final int MAX_ENTRY = 0xffff;
    private static final int PREFIX = 2;

    private EntryBundle() {}

    static byte[] encode(List<byte[]> entries) {
        ByteBuffer bundle =
                ByteBuffer.allocate(
                        entries.stream().mapToInt(entry -> PREFIX + entry.length).sum());
        entries.forEach(entry -> bundle.putShort((short) entry.length).put(entry));
        return bundle.array();
    }

    /// Reads a bundle; the path says how many entries there must be.
    static List<byte[]> decode(TilePath path, byte[] bytes) {
        ByteBuffer bundle = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>(path.width());
        while (entries.size() < path.width() && bundle.remaining() >= PREFIX) {
            int length = Short.toUnsignedInt(bundle.getShort());
            if (length > bundle.remaining()) {
                break;
            }
            byte[] entry = new byte[length];
            bundle.get(entry);
            entries.add(entry);
        }
        if (entries.size() < path.width() || bundle.hasRemaining()) {
            throw new LogCorruptedException(
                    path.entries() + " does not hold exactly " + path.width() + " entries");
        }
        return entries;
    }
}
