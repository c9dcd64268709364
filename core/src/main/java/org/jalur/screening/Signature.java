package org.jalur.screening;

import java.util.List;
import java.util.UUID;

/**
 * What the screener looks for.
 *
 * @param value SHA-256 in hex, normalised text, or canonical URL
 * @param countries ISO 3166-1 alpha-2 codes in which it counts; empty for everywhere
 */
public record Signature(UUID id, Signal signal, String value, Mode mode, List<String> countries) {
    /** A text shorter than this says too little to stand for one piece of content. */
    public static final int SHORTEST_TEXT = 40;

    public Signature {
        countries = List.copyOf(countries);
        if (signal == Signal.TEXT && value.length() < SHORTEST_TEXT) {
            throw new IllegalArgumentException(
                    "a text of %d characters is too short for a signature; the least is %d"
                            .formatted(value.length(), SHORTEST_TEXT));
        }
    }

    boolean countsIn(Content content) {
        return countries.isEmpty()
                || content.country().isEmpty()
                || countries.contains(content.country().get());
    }
}
