package org.jalur.access.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jalur.access.order.BlockedName;

/**
 * Takes names in any order, also twice: sorts some at a time and packs them at once, so that no
 * more than {@value #RUN} lie unpacked in memory.
 */
public final class NameTableBuilder {
    private static final int RUN = 1 << 16;

    private final List<NameTable> runs = new ArrayList<>();
    private final byte[][] run = new byte[RUN][];
    private int length;

    public void add(BlockedName name) {
        if (length == RUN) {
            pack();
        }
        run[length++] = NameKey.of(name);
    }

    public NameTable build() {
        pack();
        if (runs.size() == 1) {
            return runs.getFirst();
        }
        var packer = new NameTable.Packer();
        var cursors =
                new PriorityQueue<NameTable.Cursor>(
                        Math.max(1, runs.size()), NameTable.Cursor::compareTo);
        for (NameTable one : runs) {
            NameTable.Cursor cursor = one.cursor();
            if (cursor.next()) {
                cursors.add(cursor);
            }
        }
        for (var least = cursors.poll(); least != null; least = cursors.poll()) {
            packer.add(least.key(), least.length());
            if (least.next()) {
                cursors.add(least);
            }
        }
        return packer.table();
    }

    private void pack() {
        Arrays.sort(run, 0, length, Arrays::compareUnsigned);
        var packer = new NameTable.Packer();
        for (int i = 0; i < length; i++) {
            packer.add(run[i], run[i].length);
            run[i] = new byte[0];
        }
        runs.add(packer.table());
        length = 0;
    }
}
