/** What keeps blocked content out: signatures, and how content is compared with them. */
@NullMarked
package org.jalur.screening;

import org.jspecify.annotations.NullMarked;
