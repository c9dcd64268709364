package org.jalur.channel;

/**
 * The short name of a party, as both sides pinned it: 3 to 63 lower-case letters, digits and inner
 * hyphens.
 */
public record PartyId(String value) {
    public PartyId {
        if (!value.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException(
                    "not a party id: \"%s\"; use 3 to 63 lower-case letters, digits and inner hyphens"
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
