/** Evidence for courts, journalists and the other side: one file that needs nobody's word. */
@NullMarked
package org.jalur.node.evidence;

import org.jspecify.annotations.NullMarked;
