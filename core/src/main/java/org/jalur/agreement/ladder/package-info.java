/** Which step of a ladder is taken when, and what it still waits for. */
@NullMarked
package org.jalur.agreement.ladder;

import org.jspecify.annotations.NullMarked;
