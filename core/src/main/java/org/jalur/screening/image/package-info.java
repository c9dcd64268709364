/** Pictures that look alike: PDQ hashes, how they are computed and how near ones are found. */
@NullMarked
package org.jalur.screening.image;

import org.jspecify.annotations.NullMarked;
