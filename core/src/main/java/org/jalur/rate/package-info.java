/** How often callers may do something. */
@NullMarked
package org.jalur.rate;

import org.jspecify.annotations.NullMarked;
