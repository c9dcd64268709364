/**
 * Orders as response policy zones: their records, what changed, and files for who cannot transfer.
 */
@NullMarked
package org.jalur.access.zone;

import org.jspecify.annotations.NullMarked;
