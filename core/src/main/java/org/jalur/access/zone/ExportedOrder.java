package org.jalur.access.zone;

import java.time.Instant;
import java.util.List;
import org.jalur.access.order.BlockedName;

/**
 * What an export holds of an order.
 *
 * @param names that are in force when the export is made
 */
public record ExportedOrder(String reference, Instant endsAt, List<BlockedName> names) {
    public ExportedOrder {
        names = List.copyOf(names);
    }
}
