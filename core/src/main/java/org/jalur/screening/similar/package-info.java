/// Text that is nearly the same: sketches of it, how far apart two are, and an index over many.
@NullMarked
package org.jalur.screening.similar;

import org.jspecify.annotations.NullMarked;
