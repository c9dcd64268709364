/**
 * Real resolver programs on loopback, set up as {@code docs/resolvers.md} says: for tests,
 * benchmarks and the demo.
 */
@NullMarked
package org.jalur.dns.resolvers;

import org.jspecify.annotations.NullMarked;
