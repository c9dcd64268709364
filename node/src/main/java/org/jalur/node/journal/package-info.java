/** The node's log of everything that counts: one leader integrates it and signs its checkpoints. */
@NullMarked
package org.jalur.node.journal;

import org.jspecify.annotations.NullMarked;
