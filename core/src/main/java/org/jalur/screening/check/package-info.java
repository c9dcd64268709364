/// Compares publications with whole lists of signals, held in memory and never changed.
@NullMarked
package org.jalur.screening.check;

import org.jspecify.annotations.NullMarked;
