package org.jalur.screening.engine;

import java.util.UUID;
import org.jalur.screening.BrokenRule;

/**
 * An entry that was not added.
 *
 * @param value what is wrong, as it was written
 * @param broken the rule it breaks
 */
public record Refusal(UUID entry, String value, BrokenRule broken) {}
