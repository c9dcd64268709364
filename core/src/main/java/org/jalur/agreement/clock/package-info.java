/** When an answer is due, from the same receipts on both sides. */
@NullMarked
package org.jalur.agreement.clock;

import org.jspecify.annotations.NullMarked;
