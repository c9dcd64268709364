package org.jalur.access.check;

import java.util.Optional;

/**
 * A finding with what the authority says to it.
 *
 * @param reason why the name is blocked all the same; empty where none is needed
 */
public record Answered(Finding finding, Optional<String> reason) {}
