package org.jalur.screening.engine;

import java.util.Optional;

/**
 * How an engine is.
 *
 * @param entries how many it screens for; those that have just ended count until they are cleared
 * @param parts how many tables they are in; the fewer, the quicker
 * @param mergeFailure why the last merge failed, if it did: all is found still, but slower
 */
public record Status(int entries, int parts, Optional<String> mergeFailure) {}
