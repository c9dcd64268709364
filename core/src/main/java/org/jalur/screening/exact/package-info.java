/** Finds the entries whose key is exactly the one looked up, among tens of millions. */
@NullMarked
package org.jalur.screening.exact;

import org.jspecify.annotations.NullMarked;
