/** Reads web addresses and the names of channels and accounts, so that spelling does not matter. */
@NullMarked
package org.jalur.screening.url;

import org.jspecify.annotations.NullMarked;
