package org.jalur.notice;

/**
 * The public facts of one item.
 *
 * @param no from 1, in the order of the notice
 */
public record ItemFacts(int no, ItemKind kind) {}
