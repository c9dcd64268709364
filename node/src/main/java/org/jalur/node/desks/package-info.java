/**
 * Desks that a platform hosts for authorities without a node of their own: each a node beside it.
 */
@NullMarked
package org.jalur.node.desks;

import org.jspecify.annotations.NullMarked;
