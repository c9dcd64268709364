package org.jalur.screening.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that a list has screened for. Whether the value is one of its kind is checked when it
 * is added, so that a list with a bad entry can be read to its end; then it is also brought into
 * one spelling, and an address that names a channel, an account or a post becomes a {@link
 * Signal#HANDLE}.
 *
 * @param list the {@link SignatureList} it is part of
 * @param value as {@link Signal} says
 * @param countries ISO 3166-1 alpha-2 codes of where it counts; empty for everywhere
 * @param expiresAt when it ends unless it is confirmed before
 */
public record Entry(
        UUID id,
        String list,
        Signal signal,
        String value,
        Origin origin,
        List<String> countries,
        Optional<Instant> expiresAt) {
    public Entry {
        countries = List.copyOf(countries);
    }

    /** An entry of the platform's own that counts everywhere; it ends when its list says so. */
    public static Entry of(UUID id, String list, Signal signal, String value) {
        return new Entry(id, list, signal, value, Origin.UNKNOWN, List.of(), Optional.empty());
    }
}
