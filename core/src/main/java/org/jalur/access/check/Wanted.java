package org.jalur.access.check;

/**
 * What an officer wants to block.
 *
 * @param name as it was typed
 */
public record Wanted(String name, boolean withSubdomains) {}
