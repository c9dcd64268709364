package org.jalur.node.notifications;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When somebody is not to be disturbed, each day.
 *
 * @param from local; equal to {@code until}: never
 * @param until local, on the next day where it is not after {@code from}
 */
record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
    /** When they end; empty if somebody may be told now. */
    Optional<Instant> endAfter(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean overMidnight = until.isBefore(from);
        boolean afterFrom = !time.isBefore(from);
        boolean beforeUntil = time.isBefore(until);
        if (overMidnight ? !(afterFrom || beforeUntil) : !(afterFrom && beforeUntil)) {
            return Optional.empty();
        }
        var end = local.toLocalDate().plusDays(overMidnight && afterFrom ? 1 : 0).atTime(until);
        return Optional.of(end.atZone(zone).toInstant()).filter(now::isBefore);
    }
}
