/**
 * Vouches for the journals of peers, asks them and others to vouch for this one, and finds forks.
 */
@NullMarked
package org.jalur.node.witness;

import org.jspecify.annotations.NullMarked;
