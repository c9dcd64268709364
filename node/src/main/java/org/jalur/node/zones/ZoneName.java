package org.jalur.node.zones;

/** The zones of an authority's node: their names in the database. */
enum ZoneName {
    /** Small: what single orders block. */
    ORDERS("orders"),
    /** Large: a list that is published under one list order. */
    LIST("list");

    private final String wire;

    ZoneName(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
