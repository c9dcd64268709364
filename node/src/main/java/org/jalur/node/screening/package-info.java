/** What keeps blocked content out: signatures, and the answer to POST /screen. */
@NullMarked
package org.jalur.node.screening;

import org.jspecify.annotations.NullMarked;
