/// Lists of signals as they are exchanged with others: read entry by entry, and written.
@NullMarked
package org.jalur.screening.list;

import org.jspecify.annotations.NullMarked;
