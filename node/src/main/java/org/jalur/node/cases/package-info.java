/** What a platform does with a notice: the queue, claims, decisions. */
@NullMarked
package org.jalur.node.cases;

import org.jspecify.annotations.NullMarked;
