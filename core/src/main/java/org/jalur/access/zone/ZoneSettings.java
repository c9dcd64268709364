package org.jalur.access.zone;

import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;

/**
 * What a policy zone is called and how its secondaries keep it. All times in seconds.
 *
 * @param origin name of the zone
 * @param mailbox of whoever answers for it, as a name (RFC 1035 §8)
 * @param canary a name of the authority that exists and is always blocked: whoever resolves it does
 *     not follow the zone. Below it, "serial" tells which version is followed
 * @param ttl of every record, and of negative answers: how long caches in front keep a block
 * @param refresh how often secondaries ask when no NOTIFY reaches them
 * @param retry after an attempt that failed
 * @param expire after which secondaries drop the zone if its primary is silent: a dead node must
 *     not keep names blocked
 */
public record ZoneSettings(
        DomainName origin,
        DomainName mailbox,
        DomainName canary,
        int ttl,
        int refresh,
        int retry,
        int expire) {
    /** Most seconds of TTL and refresh. */
    public static final int SHORT = 60;

    /** Most seconds until a zone expires. */
    public static final int DAY = 86_400;

    public ZoneSettings {
        requireRange("ttl", ttl, 1, SHORT);
        requireRange("refresh", refresh, 1, SHORT);
        requireRange("retry", retry, 1, SHORT);
        // RFC 1912 §2.2: a zone that expires before it is refreshed comes and goes.
        requireRange("expire", expire, 2L * (refresh + retry), DAY);
        requireRoom(new DomainName("serial." + canary), origin, 0);
    }

    /** 30 s TTL, 60 s refresh, 10 s retry, 24 h to expire. */
    public static ZoneSettings of(DomainName origin, DomainName mailbox, DomainName canary) {
        return new ZoneSettings(origin, mailbox, canary, 30, SHORT, 10, DAY);
    }

    /** Where the version can be read, as TXT. */
    public DomainName serialName() {
        return new DomainName("serial." + canary);
    }

    static void requireRoom(DomainName name, DomainName origin, int more) {
        int length = name.ascii().length() + more + 1 + origin.ascii().length();
        if (length > DomainName.LONGEST) {
            throw new InvalidAccessException(
                    "name", AccessRule.NAME_TOO_LONG_FOR_ZONE, name, length, DomainName.LONGEST);
        }
    }

    private static void requireRange(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidAccessException(field, AccessRule.RANGE, value, least, most);
        }
    }
}
