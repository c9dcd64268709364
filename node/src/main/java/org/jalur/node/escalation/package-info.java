/** What happens when the other side is silent: the steps that the agreement has, and all clocks. */
@NullMarked
package org.jalur.node.escalation;

import org.jspecify.annotations.NullMarked;
