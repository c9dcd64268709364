/** Who takes part: this node's party with its keys, and the peers whose identity it pinned. */
@NullMarked
package org.jalur.node.register;

import org.jspecify.annotations.NullMarked;
