/** Whether a notice is one that may be filed under a version of an agreement. */
@NullMarked
package org.jalur.agreement.check;

import org.jspecify.annotations.NullMarked;
