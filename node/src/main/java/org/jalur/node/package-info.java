/** The server of one party; each package below is one feature. */
@NullMarked
package org.jalur.node;

import org.jspecify.annotations.NullMarked;
