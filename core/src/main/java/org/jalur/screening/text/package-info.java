/** Texts in the form in which they are compared, and phrases found in them. */
@NullMarked
package org.jalur.screening.text;

import org.jspecify.annotations.NullMarked;
