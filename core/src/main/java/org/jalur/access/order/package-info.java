/** An order to block access: what it says, and where it stands after what happened to it. */
@NullMarked
package org.jalur.access.order;

import org.jspecify.annotations.NullMarked;
