package org.jalur.screening.engine;

import java.util.UUID;

/**
 * An entry that was not added.
 *
 * @param value what is wrong, as it was written
 * @param rule what it breaks
 * @param wayOut what whoever keeps the list can do
 */
public record Refusal(UUID entry, String value, String rule, String wayOut) {}
