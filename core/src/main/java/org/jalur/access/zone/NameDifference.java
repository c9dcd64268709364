package org.jalur.access.zone;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jalur.access.order.BlockedName;

/** Walks through two tables at once and tells what only one of them has. */
final class NameDifference {
    private final NameTable before;
    private final NameTable after;
    private final Consumer<BlockedName> removed;
    private final Consumer<BlockedName> added;

    NameDifference(
            NameTable before,
            NameTable after,
            Consumer<BlockedName> removed,
            Consumer<BlockedName> added) {
        this.before = before;
        this.after = after;
        this.removed = removed;
        this.added = added;
    }

    /**
     * @param goOn asked after each difference
     * @return whether it went to the end
     */
    boolean walk(BooleanSupplier goOn) {
        NameTable.Cursor old = before.cursor();
        NameTable.Cursor young = after.cursor();
        boolean hasOld = old.next();
        boolean hasYoung = young.next();
        while (hasOld || hasYoung) {
            int order = !hasOld ? 1 : !hasYoung ? -1 : old.compareTo(young);
            if (order < 0) {
                removed.accept(old.name());
            } else if (order > 0) {
                added.accept(young.name());
            }
            if (order != 0 && !goOn.getAsBoolean()) {
                return false;
            }
            hasOld = order <= 0 ? old.next() : hasOld;
            hasYoung = order >= 0 ? young.next() : hasYoung;
        }
        return true;
    }
}
