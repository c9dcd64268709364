package org.jalur.access.measure;

import org.jalur.access.DomainName;

/**
 * One name at one resolver.
 *
 * @param resolver as it is registered
 */
public record Cell(String resolver, DomainName name) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
        int order = resolver.compareTo(other.resolver);
        return order != 0 ? order : name.compareTo(other.name);
    }
}
