package org.jalur.access.zone;

/**
 * A resource record in presentation form (RFC 1035 §5.1).
 *
 * @param owner absolute, with the dot at its end
 * @param ttl in seconds
 */
public record ZoneRecord(String owner, int ttl, Type type, String data) {
    public enum Type {
        SOA,
        NS,
        CNAME,
        TXT
    }

    /** As a line of a zone file. */
    public String line() {
        return owner + " " + ttl + " IN " + type + " " + data;
    }
}
